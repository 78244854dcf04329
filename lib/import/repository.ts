import type { Prisma } from '@/generated/sqlite/client';
import { JOB_STATES, type JobState, type JobWindow } from '@/lib/job/model';
import { type Db, db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { decrypt, decryptBytes, encrypt, encryptBytes } from '@/lib/platform/secret';
import { toUnion } from '@/lib/platform/union';
import {
  type Findings,
  type Import,
  type ImportOwner,
  type ImportSettings,
  MAX_UNFINISHED,
  OWNER_KINDS,
  PHASES,
  type Phase,
} from './model';

type Reader = Db | Tx;

/** What a call with an Idempotency-Key leaves. */
export type Keyed = { keyHash: string | null; requestHash: string | null };

export async function insertImport(one: Import & Keyed, reader?: Tx): Promise<void> {
  await (reader ?? (await db())).import.create({ data: toRow(one) });
}

export async function findImport(projectId: string, id: string, reader?: Reader): Promise<Import | null> {
  const row = await (reader ?? (await db())).import.findFirst({ where: { id, projectId } });
  return row && toImport(row);
}

export async function findImportByKey(projectId: string, keyHash: string): Promise<(Import & Keyed) | null> {
  const row = await (await db()).import.findFirst({ where: { projectId, keyHash } });
  return row && { ...toImport(row), keyHash: row.keyHash, requestHash: row.requestHash };
}

const STATES: Record<JobState, Prisma.ImportWhereInput> = {
  queued: { phase: 'importing', position: 0 },
  running: { phase: 'importing', position: { gt: 0 } },
  finished: { phase: 'finished', endedBy: null },
  stopped: { phase: 'finished', endedBy: 'stopped' },
  failed: { phase: 'finished', endedBy: { in: ['failed', 'not_permitted'] } },
};

/** Newest first: those that were started. */
export async function listStartedImports(
  projectId: string,
  states: readonly JobState[] = JOB_STATES,
  { before, limit }: JobWindow,
): Promise<Import[]> {
  const rows = await (await db()).import.findMany({
    where: { projectId, OR: states.map((state) => STATES[state]), ...(before !== undefined && { id: { lt: before } }) },
    orderBy: { id: 'desc' },
    take: limit,
  });
  return rows.map(toImport);
}

/** Newest first. */
export async function listWaitingImports(projectId: string, owner: ImportOwner): Promise<Import[]> {
  const rows = await (await db()).import.findMany({
    where: { projectId, ownerKind: owner.kind, ownerId: owner.id, phase: { in: ['ready', 'checking', 'checked'] } },
    orderBy: { id: 'desc' },
    take: MAX_UNFINISHED,
  });
  return rows.map(toImport);
}

export async function countUnfinished(projectId: string): Promise<number> {
  return (await db()).import.count({ where: { projectId, phase: { not: 'finished' } } });
}

type Changes = Partial<Omit<Import, 'id' | 'projectId' | 'owner' | 'createdAt'> & Keyed>;

/** Changes an import in one of these phases that was not ended. False if it is in another one. */
export async function updateImport(
  { id, projectId }: Pick<Import, 'id' | 'projectId'>,
  from: readonly Phase[],
  changes: Changes,
  tx?: Tx,
): Promise<boolean> {
  const { count } = await (tx ?? (await db())).import.updateMany({
    where: { id, projectId, phase: { in: [...from] }, endedBy: null },
    data: { ...toChanges(id, changes), updatedAt: new Date() },
  });
  return count === 1;
}

/** Ends an import early, in whatever state its progress is. */
export async function updateFinished(tx: Tx, id: string, finishedAt: Date): Promise<void> {
  await tx.import.updateMany({
    where: { id, finishedAt: null },
    data: { phase: 'finished', finishedAt, updatedAt: finishedAt, principal: null },
  });
}

export async function deleteImport(projectId: string, id: string): Promise<void> {
  await (await db()).import.deleteMany({ where: { id, projectId } });
}

/** Deletes at most `limit` rows of imports in these phases that have not changed since then: chunks first. */
export async function deleteIdle(phases: Phase[], before: Date, limit: number): Promise<number> {
  const client = await db();
  const idle = { phase: { in: phases }, updatedAt: { lt: before } };
  const chunks = await client.importChunk.findMany({ where: { import: idle }, select: { id: true }, take: limit });
  await client.importChunk.deleteMany({ where: { id: { in: chunks.map(({ id }) => id) } } });
  if (chunks.length === limit) return limit;
  const ids = (await client.import.findMany({ where: idle, select: { id: true }, take: limit })).map(({ id }) => id);
  return ids.length === 0 ? 0 : (await client.import.deleteMany({ where: { id: { in: ids } } })).count;
}

/** Keys are valid for a day. */
export async function clearKeys(before: Date): Promise<void> {
  await (await db()).import.updateMany({
    where: { keyHash: { not: null }, createdAt: { lt: before } },
    data: { keyHash: null, requestHash: null },
  });
}

/** `upload`: the file. `refused`: its refused rows, as JSON Lines. */
export type ChunkKind = 'upload' | 'refused';

export async function insertChunk(
  { id: importId, projectId }: Pick<Import, 'id' | 'projectId'>,
  { kind, number, bytes }: { kind: ChunkKind; number: number; bytes: Uint8Array },
  tx?: Tx,
): Promise<void> {
  const sealed = encryptBytes('import', bytes, contextOf(importId, kind, number));
  await (tx ?? (await db())).importChunk.create({
    data: { id: newId(), importId, projectId, kind, number, bytes: sealed },
  });
}

/** The chunks in order, one at a time. */
export async function* readChunks(importId: string, kind: ChunkKind): AsyncGenerator<Uint8Array> {
  const client = await db();
  for (let after = -1; ; ) {
    const chunk = await client.importChunk.findFirst({
      where: { importId, kind, number: { gt: after } },
      orderBy: { number: 'asc' },
    });
    if (!chunk) return;
    yield decryptBytes('import', chunk.bytes, contextOf(importId, kind, chunk.number));
    after = chunk.number;
  }
}

/** Deletes at most `limit` chunks. */
export async function deleteChunks(importId: string, kind: ChunkKind, limit: number): Promise<number> {
  const client = await db();
  const found = await client.importChunk.findMany({ where: { importId, kind }, select: { id: true }, take: limit });
  if (found.length === 0) return 0;
  return (await client.importChunk.deleteMany({ where: { id: { in: found.map(({ id }) => id) } } })).count;
}

export async function hasChunks(importId: string, kind: ChunkKind): Promise<boolean> {
  return (await (await db()).importChunk.findFirst({ where: { importId, kind }, select: { id: true } })) !== null;
}

function contextOf(importId: string, kind: ChunkKind, number: number): string {
  return `${importId}:${kind}:${number}`;
}

type Sealed = { name: string; settings: ImportSettings };

function toRow({ name, settings, findings, leftOut, size, owner, ...rest }: Import & Keyed) {
  return {
    ...rest,
    ownerKind: owner.kind,
    ownerId: owner.id,
    settings: seal(rest.id, { name, settings }),
    findings: seal(rest.id, findings),
    leftOut: JSON.stringify(leftOut),
    size: BigInt(size),
  };
}

function toChanges(id: string, { name, settings, findings, leftOut, size, ...rest }: Changes) {
  return {
    ...rest,
    ...(name !== undefined && settings && { settings: seal(id, { name, settings }) }),
    ...(findings && { findings: seal(id, findings) }),
    ...(leftOut && { leftOut: JSON.stringify(leftOut) }),
    ...(size !== undefined && { size: BigInt(size) }),
  };
}

const ENDINGS = ['stopped', 'not_permitted', 'failed'] as const;

function toImport(found: Prisma.ImportGetPayload<object>): Import {
  const { keyHash: _key, requestHash: _request, ownerKind, ownerId, ...row } = found;
  const { name, settings } = unseal<Sealed>(row.id, row.settings);
  return {
    ...row,
    owner: { kind: toUnion(OWNER_KINDS, ownerKind), id: ownerId },
    name,
    settings,
    phase: toUnion(PHASES, row.phase),
    findings: unseal<Findings>(row.id, row.findings),
    leftOut: JSON.parse(row.leftOut),
    size: Number(row.size),
    endedBy: row.endedBy === null ? null : toUnion(ENDINGS, row.endedBy),
  };
}

function seal(id: string, value: unknown): string {
  return encrypt('import', JSON.stringify(value), id);
}

function unseal<T>(id: string, sealed: string): T {
  return JSON.parse(decrypt('import', sealed, id)) as T;
}
