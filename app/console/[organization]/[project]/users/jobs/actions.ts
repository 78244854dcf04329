'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { bulkRequest } from '@/lib/bulk/contract';
import { MAX_SELECTED } from '@/lib/bulk/model';
import { startBulkAction, surveyBulkAction } from '@/lib/bulk/service';
import { STATE_FILTERS } from '@/lib/identity/model';
import { operatorPrincipal } from '@/lib/job/service';
import { stopJob, undoJob } from '@/lib/jobs/registry';
import { type ProjectProof, projectAction } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { bulkChoices } from './choices';

/** Work on many users. The job checks the operator's reach for each user again. */
const text = z.string().max(300);
const selection = z.union([
  z.strictObject({ ids: z.array(z.uuid()).min(1).max(MAX_SELECTED) }),
  z.strictObject({
    matching: z.strictObject({
      words: text,
      state: z.enum(STATE_FILTERS).nullable(),
      schemaId: text.nullable(),
      passkeys: z.enum(['none', 'one_device']).nullable(),
    }),
  }),
]);

export const survey = projectAction(
  { role: 'admin', fresh: false, input: z.strictObject({ request: bulkRequest, selection }) },
  ({ project, person }, input) => surveyBulkAction(project, person.identity, input.request, input.selection),
);

export const start = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ request: bulkRequest, selection, affected: z.int().min(1) }) },
  async (proof, input) => {
    const { project, person } = proof;
    const locale = await getLocale(person.identity.locale);
    const operator = person.identity;
    const { id } = await startBulkAction({ ...input, project, operator, principal: principalOf(proof), locale });
    return { id };
  },
);

export const stop = projectAction(
  { role: 'admin', fresh: false, input: z.strictObject({ id: z.uuid() }) },
  async (proof, { id }) => {
    await stopJob(proof.project.id, id);
    revalidateJobs(proof);
  },
);

export const undo = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ id: z.uuid() }) },
  async (proof, { id }) => {
    const job = await undoJob(principalOf(proof), proof.project.id, id);
    revalidateJobs(proof);
    return { id: job.id };
  },
);

function principalOf({ actor, person, organization }: ProjectProof) {
  return operatorPrincipal(actor, person.identity, organization.id);
}

function revalidateJobs({ project, organization }: ProjectProof): void {
  revalidatePath(`/console/${organization.slug}/${project.slug}/users/jobs`, 'layout');
}

export const choices = projectAction({ role: 'admin', fresh: false }, async ({ project, person }) =>
  bulkChoices(project.id, await getLocale(person.identity.locale)),
);
