'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { operatorPrincipal } from '@/lib/job/service';
import { repairBody } from '@/lib/schema-change/contract';
import { MAX_REPAIRS } from '@/lib/schema-change/model/repair';
import {
  type DraftFault,
  getSchemaChange,
  publishSchema,
  readDraft,
  startImpact,
  stopSchemaChange,
  undoSchemaChange,
} from '@/lib/schema-change/service';
import { type ProjectProof, projectAction } from '@/lib/web/console';

/** Changes of a schema. A job checks the operator's role and reach again for each identity. */
const schemaId = z.string().max(100);
const job = z.uuid();
const text = z.string().max(200_000);
const repairs = z.array(repairBody).max(MAX_REPAIRS);

const principalOf = ({ actor, person, organization }: ProjectProof) =>
  operatorPrincipal(actor, person.identity, organization.id);

/** Reads only: the draft as written, without repairs. */
export const checkDraft = projectAction(
  { role: 'admin', fresh: false, input: z.strictObject({ schemaId, text }) },
  async (proof, input): Promise<{ id: string } | { faults: DraftFault[] }> => {
    const read = readDraft(input.text);
    if ('faults' in read) return read;
    const draft = { schemaId: input.schemaId, document: read.document, repairs: [] };
    return { id: (await startImpact(principalOf(proof), proof.project.id, draft)).id };
  },
);

/** Reads only: the draft of an earlier check, with these repairs. */
export const checkRepairs = projectAction(
  { role: 'admin', fresh: false, input: z.strictObject({ job, repairs }) },
  async (proof, input) => {
    const { schemaId: id, document } = await getSchemaChange(proof.project.id, input.job);
    const draft = { schemaId: id, document, repairs: input.repairs };
    return { id: (await startImpact(principalOf(proof), proof.project.id, draft)).id };
  },
);

/** What the check has shown, and nothing else. */
export const publish = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ job }) },
  async (proof, input) => {
    const impact = await getSchemaChange(proof.project.id, input.job);
    const { schemaId: id, document, repairs: chosen } = impact;
    const draft = { schemaId: id, document, repairs: chosen, impactJobId: impact.id };
    const { id: started } = await publishSchema(principalOf(proof), proof.project.id, draft);
    refresh(proof);
    return { id: started };
  },
);

export const undo = projectAction(
  { role: 'admin', fresh: true, input: z.strictObject({ job }) },
  async (proof, input) => {
    const { id } = await undoSchemaChange(principalOf(proof), proof.project.id, input.job);
    refresh(proof);
    return { id };
  },
);

export const stop = projectAction(
  { role: 'admin', fresh: false, input: z.strictObject({ job }) },
  async (proof, input) => {
    await stopSchemaChange(proof.project.id, input.job);
    refresh(proof);
  },
);

function refresh({ organization, project }: ProjectProof): void {
  revalidatePath(`/console/${organization.slug}/${project.slug}`, 'layout');
}
