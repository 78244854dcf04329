'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { BULK_KINDS, MAX_SELECTED } from '@/lib/bulk/model';
import { startBulkAction, stopBulkAction, surveyBulkAction } from '@/lib/bulk/service';
import { IDENTITY_STATES } from '@/lib/identity/model';
import { projectAction } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';

/** Actions on many users. The job checks the operator's reach for each user again. */
const text = z.string().max(300);
const kind = z.enum(BULK_KINDS);
const selection = z.union([
  z.strictObject({ ids: z.array(z.uuid()).min(1).max(MAX_SELECTED) }),
  z.strictObject({
    matching: z.strictObject({
      words: text,
      state: z.enum(IDENTITY_STATES).nullable(),
      schemaId: text.nullable(),
      passkeys: z.enum(['none', 'one_device']).nullable(),
    }),
  }),
]);

export const survey = projectAction(
  { role: 'admin', fresh: false, input: z.strictObject({ kind, selection }) },
  ({ project, person }, input) => surveyBulkAction(project, person.identity, input.kind, input.selection),
);

export const start = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ kind, selection, affected: z.int().min(1) }) },
  async ({ actor, project, organization, person }, input) => {
    const locale = await getLocale(person.identity.locale);
    const { id } = await startBulkAction(actor, {
      ...input,
      project,
      organizationId: organization.id,
      operator: person.identity,
      locale,
    });
    return { id };
  },
);

export const stop = projectAction(
  { role: 'admin', fresh: false, input: z.strictObject({ id: z.uuid() }) },
  async ({ project, organization }, { id }) => {
    await stopBulkAction(project.id, id);
    revalidatePath(`/console/${organization.slug}/${project.slug}/users/bulk`, 'layout');
  },
);
