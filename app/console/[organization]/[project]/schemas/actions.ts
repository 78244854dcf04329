'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import type { Failure } from '@/lib/i18n/error-message';
import { isAppError } from '@/lib/platform/errors';
import { SCHEMA_ID } from '@/lib/schema/model';
import { createSchema } from '@/lib/schema/service';
import { type DraftFault, readDraft } from '@/lib/schema-change/service';
import { type ProjectPlace, projectAction } from '@/lib/web/console';
import { textOf } from '@/lib/web/form-fields';

const text = z.string().max(200_000);

/** The faults of a draft while it is written. */
export const validateDraft = projectAction(
  { role: 'admin', fresh: false, input: z.strictObject({ text }) },
  async (_, input): Promise<{ faults: DraftFault[] }> => {
    const read = readDraft(input.text);
    return 'faults' in read ? read : { faults: [] };
  },
);

type Refused = { faults: DraftFault[]; idFault: 'malformed' | 'taken' | null };

/** A new schema. No user has it, and it changes no other one. */
export const create = projectAction(
  { role: 'admin', fresh: false, input: z.strictObject({ schemaId: z.string().max(1000), text }) },
  async ({ actor, organization, project }, input): Promise<{ id: string } | Refused> => {
    const read = readDraft(input.text);
    const faults = 'faults' in read ? read.faults : [];
    const idFault = SCHEMA_ID.test(input.schemaId) ? null : 'malformed';
    if ('faults' in read || idFault) return { faults, idFault };
    try {
      await createSchema(actor, input.schemaId, read.document);
    } catch (error) {
      if (isAppError(error) && error.code === 'schema_taken') return { faults, idFault: 'taken' };
      throw error;
    }
    revalidatePath(`/console/${organization.slug}/${project.slug}`, 'layout');
    return { id: input.schemaId };
  },
);

/** `text` and `id`: what was submitted. `attempt` counts refusals. */
export type NewSchemaState = Refused & {
  text: string | null;
  id: string | null;
  failure: Failure | null;
  attempt: number;
};

/** The form, with and without script. The browser sends `previous`, so it may be anything. */
export async function submitNew(
  place: ProjectPlace,
  previous: NewSchemaState | null | undefined,
  form: FormData,
): Promise<NewSchemaState> {
  const written = textOf(form, 'text').replaceAll('\r\n', '\n');
  const id = textOf(form, 'id').trim();
  const result = await create(place, { schemaId: id, text: written });
  const refused = {
    text: written,
    id,
    faults: [],
    idFault: null,
    failure: null,
    attempt: (previous?.attempt ?? 0) + 1,
  };
  if (!result.ok) return { ...refused, failure: result.error };
  if ('faults' in result.value) return { ...refused, ...result.value };
  redirect(`/console/${place.organization}/${place.project}/schemas/${encodeURIComponent(id)}`);
}
