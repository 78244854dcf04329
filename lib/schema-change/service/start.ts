import type { JobView, Principal } from '@/lib/job/model';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { isSameJson, type Json, type JsonObject } from '@/lib/platform/json';
import { enqueue } from '@/lib/queue/service';
import { addSchemaVersion, findSchema, validateDocument } from '@/lib/schema/service';
import { emptyImpact, type SchemaChange, type SchemaChangeKind } from '../model';
import type { Repair } from '../model/repair';
import * as rows from '../repository';
import { actorOf, sealPrincipal } from './principal';
import { toJobView } from './view';

export const RUN = 'schema-change.run';

/** Unfinished jobs of a project. */
const MAX_UNFINISHED = 10;

type Draft = { schemaId: string; document: JsonObject; repairs: Repair[] };
type Options = { tx?: Tx | undefined };

/**
 * Holds a draft, after its repairs, against every identity of the schema by a job that changes nothing.
 * Refuses: `not_found`, `invalid_input` with every fault of the document, `rate_limited`.
 */
export async function startImpact(
  principal: Principal,
  projectId: string,
  { schemaId, document, repairs }: Draft,
  { tx: outer }: Options = {},
): Promise<JobView> {
  validateDocument(document);
  return transaction(async (tx) => {
    const newest = await requireSchema(tx, projectId, schemaId);
    const change = newChange(principal, projectId, 'schema_impact', {
      ...{ schemaId, document, repairs },
      baseVersion: newest.version,
      impact: emptyImpact(repairs.length),
    });
    return start(tx, change);
  }, outer);
}

/**
 * Adds the draft as a version, which new identities get from now on, and moves the others by a job. A document that is
 * already the newest version moves those of earlier versions to it. `impactJobId`: the impact that was confirmed.
 * Refuses: `not_found`, `invalid_input`, `schema_changed` unless the impact is of this draft and the newest version,
 * `version_conflict` while another job moves identities of this schema, `rate_limited`.
 */
export async function publishSchema(
  principal: Principal,
  projectId: string,
  { schemaId, document, repairs, impactJobId }: Draft & { impactJobId?: string | undefined },
  { tx: outer }: Options = {},
): Promise<JobView> {
  validateDocument(document);
  return transaction(async (tx) => {
    const newest = await requireSchema(tx, projectId, schemaId);
    const impact = impactJobId === undefined ? null : await rows.findSchemaChange(projectId, impactJobId, tx);
    if (impactJobId !== undefined) guardImpact(impact, { schemaId, document, repairs, newest: newest.version });
    const change = newChange(principal, projectId, 'schema_publish', {
      ...{ schemaId, document, repairs },
      baseVersion: newest.version,
      sourceJobId: impact?.id ?? null,
    });
    const actor = { ...actorOf(principal, projectId), jobId: change.id };
    const { version } = await addSchemaVersion(actor, schemaId, document, { tx });
    return start(tx, { ...change, version });
  }, outer);
}

/**
 * Puts back what a publication, or the undo of one, did. Refuses: `not_found`, `version_conflict` while it or another
 * job moves identities of this schema, and after another undo of it.
 */
export async function undoSchemaChange(
  principal: Principal,
  projectId: string,
  id: string,
  { tx: outer }: Options = {},
): Promise<JobView> {
  return transaction(async (tx) => {
    const done = await rows.findSchemaChange(projectId, id, tx);
    if (!done || done.kind === 'schema_impact') throw new AppError('not_found');
    await requireSchema(tx, projectId, done.schemaId);
    if (await rows.findUndoing(projectId, id, tx))
      throw new AppError('version_conflict', { reason: 'This job has been undone' });
    const { schemaId, document, repairs, version, baseVersion } = done;
    const change = newChange(principal, projectId, 'schema_undo', {
      ...{ schemaId, document, repairs, version, baseVersion },
      sourceJobId: id,
    });
    return start(tx, change);
  }, outer);
}

async function start(tx: Tx, change: SchemaChange): Promise<JobView> {
  if ((await rows.countUnfinished(tx, change.projectId)) >= MAX_UNFINISHED)
    throw new AppError('rate_limited', { retryAfterSeconds: 60 });
  await rows.insertSchemaChange(tx, change);
  await enqueue(tx, { kind: RUN, key: change.id, projectId: change.projectId });
  return toJobView(change, null);
}

async function requireSchema(tx: Tx, projectId: string, schemaId: string) {
  const newest = await findSchema(projectId, schemaId, undefined, tx);
  if (!newest) throw new AppError('not_found', { reason: `Unable to find JSON Schema ID: ${schemaId}` });
  return newest;
}

function guardImpact(impact: SchemaChange | null, draft: Draft & { newest: number }): void {
  const isSame =
    impact?.kind === 'schema_impact' &&
    impact.finishedAt !== null &&
    impact.endedBy === null &&
    impact.schemaId === draft.schemaId &&
    impact.baseVersion === draft.newest &&
    isSameJson(impact.document, draft.document) &&
    isSameJson(plain(impact.repairs), plain(draft.repairs));
  if (!isSame) throw new AppError('schema_changed');
}

/** As stored: without members that are undefined. */
function plain(repairs: readonly Repair[]): Json {
  return JSON.parse(JSON.stringify(repairs));
}

type NewChange = Pick<SchemaChange, 'schemaId' | 'document' | 'repairs' | 'baseVersion'> & Partial<SchemaChange>;

function newChange(principal: Principal, projectId: string, kind: SchemaChangeKind, columns: NewChange): SchemaChange {
  const id = newId();
  return {
    ...{ id, projectId, kind },
    ...{ version: null, sourceJobId: null, impact: null },
    // Two jobs would move the same identities to and fro.
    claim: kind === 'schema_impact' ? null : columns.schemaId,
    actorKind: principal.kind,
    actorId: principal.kind === 'cli' ? null : principal.id,
    principal: sealPrincipal(id, principal),
    ...{ total: null, position: null, done: 0, unchanged: 0, leftOut: { counts: {}, people: [] } },
    ...{ endedBy: null, createdAt: new Date(), finishedAt: null },
    ...columns,
  };
}
