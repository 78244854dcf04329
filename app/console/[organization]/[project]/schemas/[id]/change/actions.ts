'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import type { Failure } from '@/lib/i18n/error-message';
import { operatorPrincipal } from '@/lib/job/service';
import { isSameJson, type JsonObject } from '@/lib/platform/json';
import { findSchema } from '@/lib/schema/service';
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
import { type ProjectPlace, type ProjectProof, projectAction } from '@/lib/web/console';
import { textOf } from '@/lib/web/form-fields';

/** Changes of a schema. A job checks the operator's role and reach again for each identity. */
const schemaId = z.string().max(100);
const job = z.uuid();
const text = z.string().max(200_000);
const repairs = z.array(repairBody).max(MAX_REPAIRS);

const principalOf = ({ actor, person, organization }: ProjectProof) =>
  operatorPrincipal(actor, person.identity, organization.id);

/**
 * Reads only: the draft as written, without repairs. `baseVersion`: the version that the draft began with, or that it
 * knowingly replaces. Where another one is in force, nothing starts, and `newest` is that one.
 */
export const checkDraft = projectAction(
  { role: 'admin', fresh: false, input: z.strictObject({ schemaId, text, baseVersion: z.int() }) },
  async (proof, input): Promise<{ id: string } | { faults: DraftFault[] } | { newest: Version }> => {
    const read = readDraft(input.text);
    if ('faults' in read) return read;
    const newest = await findSchema(proof.project.id, input.schemaId);
    const isKnown = !newest || newest.version === input.baseVersion || isSameJson(newest.document, read.document);
    if (!isKnown) return { newest: { version: newest.version, document: newest.document } };
    const draft = { schemaId: input.schemaId, document: read.document, repairs: [] };
    return { id: (await startImpact(principalOf(proof), proof.project.id, draft)).id };
  },
);

type Version = { version: number; document: JsonObject };

/** `text`: what was submitted. `newest`: the version that was published in between. `attempt` counts refusals. */
export type DraftState = {
  text: string | null;
  faults: DraftFault[];
  newest: Version | null;
  failure: Failure | null;
  attempt: number;
};

/** The form, with and without script. The browser sends `previous`, so it may be anything. */
export async function submitDraft(
  place: ProjectPlace,
  id: string,
  previous: DraftState | null | undefined,
  form: FormData,
): Promise<DraftState> {
  const written = textOf(form, 'text').replaceAll('\r\n', '\n');
  const baseVersion = Number(textOf(form, 'accepted') || textOf(form, 'base'));
  const result = await checkDraft(place, { schemaId: id, text: written, baseVersion });
  const refused = { text: written, faults: [], newest: null, failure: null, attempt: (previous?.attempt ?? 0) + 1 };
  if (!result.ok) return { ...refused, failure: result.error };
  if ('faults' in result.value) return { ...refused, faults: result.value.faults };
  if ('newest' in result.value) return { ...refused, newest: result.value.newest };
  redirect(
    `/console/${place.organization}/${place.project}/schemas/${encodeURIComponent(id)}/change/${result.value.id}`,
  );
}

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
