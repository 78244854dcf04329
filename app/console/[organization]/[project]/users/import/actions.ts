'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { DELIMITERS, ENCODINGS, IMPORT_FORMATS, type Import, MATCHES, POLICIES } from '@/lib/import/model';
import {
  cancelImport,
  chooseSettings,
  getOwnImport,
  importSource,
  startCheck,
  startImport,
} from '@/lib/import/service';
import { operatorPrincipal } from '@/lib/job/service';
import { AppError } from '@/lib/platform/errors';
import { type ProjectProof, projectAction } from '@/lib/web/console';

/** One's own uploads. The job checks the operator's reach for each user again. */
const id = z.uuid();
const ownerOf = ({ person }: ProjectProof) => ({ kind: 'operator', id: person.identity.id }) as const;
const ownOf = (proof: ProjectProof, importId: string) => getOwnImport(proof.project.id, importId, ownerOf(proof));

const choice = z.strictObject({
  format: z.enum(IMPORT_FORMATS).optional(),
  encoding: z.enum(ENCODINGS).optional(),
  delimiter: z.enum(DELIMITERS).optional(),
  schemaId: z.string().max(300).optional(),
  match: z.enum(MATCHES).optional(),
  policy: z.enum(POLICIES).optional(),
  mapping: z.record(z.string().max(250), z.string().max(600).nullable()).optional(),
});

export const choose = projectAction(
  { role: 'admin', fresh: false, input: z.strictObject({ id, choice }) },
  async (proof, input) => {
    const { schemaId, format, encoding, delimiter, match, policy, mapping } = input.choice;
    const chosen = {
      ...(format && { format }),
      ...(encoding && { encoding }),
      ...(delimiter && { delimiter }),
      ...(match && { match }),
      ...(policy && { policy }),
      ...(mapping && { mapping }),
    };
    const { settings } = await chooseSettings(await ownOf(proof, input.id), { schemaId, ...chosen });
    refresh(proof);
    return { settings };
  },
);

export const check = projectAction(
  { role: 'admin', fresh: false, input: z.strictObject({ id }) },
  async (proof, input) => {
    await startCheck(await ownOf(proof, input.id), principalOf(proof));
    refresh(proof);
  },
);

export const start = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ id, expected: z.int().min(1) }) },
  async (proof, input) => {
    const one = await ownOf(proof, input.id);
    if (one.phase !== 'checked' || affected(one) !== input.expected) throw new AppError('selection_changed');
    await startImport(one, principalOf(proof));
    refresh(proof);
  },
);

export const cancel = projectAction(
  { role: 'admin', fresh: false, input: z.strictObject({ id }) },
  async (proof, input) => {
    await cancelImport(proof.project.id, input.id, ownerOf(proof));
    refresh(proof);
  },
);

export const stop = projectAction(
  { role: 'admin', fresh: false, input: z.strictObject({ id }) },
  async (proof, input) => {
    await importSource.stop(proof.project.id, input.id);
    refresh(proof);
  },
);

function affected({ created, changed }: Import): number {
  return created + changed;
}

function principalOf({ actor, person, organization }: ProjectProof) {
  return operatorPrincipal(actor, person.identity, organization.id);
}

function refresh({ organization, project }: ProjectProof): void {
  revalidatePath(`/console/${organization.slug}/${project.slug}/users/import`, 'layout');
}
