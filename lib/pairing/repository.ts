import type { Prisma } from '@/generated/sqlite/client';
import { type Db, db } from '@/lib/platform/db/client';
import { columnsOf } from '@/lib/platform/db/columns';
import { first, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import { toUnion } from '@/lib/platform/union';
import { PAIRING_STATES, type Pairing, type PairingState } from './model';

type Reader = Db | Tx;
type Row = Prisma.PairingGetPayload<object>;

const COLUMNS = columnsOf(
  'p',
  `id projectId identityId sessionId revocationEpoch linkHash state browserHash userAgent address number passkeyId
   createdAt expiresAt`,
);
/** Pages poll these two. */
const OF_SESSION = statement<Row>(
  'pairing.of_session',
  `SELECT ${COLUMNS} FROM "Pairing" p WHERE p."sessionId" = $1 AND p."projectId" = $2 ORDER BY p.id DESC LIMIT 1`,
);
const OF_BROWSER = statement<Row>(
  'pairing.of_browser',
  `SELECT ${COLUMNS} FROM "Pairing" p WHERE p."projectId" = $1 AND p."browserHash" = $2 AND p."expiresAt" > $3
   ORDER BY p.id DESC LIMIT 1`,
);

export async function insertPairing(tx: Tx, pairing: Pairing): Promise<void> {
  await tx.pairing.create({ data: pairing });
}

/** The newest one of a session. */
export async function findOfSession(projectId: string, sessionId: string): Promise<Pairing | null> {
  const row = await first(OF_SESSION, [sessionId, projectId]);
  return row && toPairing(row);
}

/** The newest one that a browser asked for and that has not expired. */
export async function findOfBrowser(projectId: string, browserHash: string, now: Date): Promise<Pairing | null> {
  const row = await first(OF_BROWSER, [projectId, browserHash, now]);
  return row && toPairing(row);
}

export async function findByLink(projectId: string, linkHash: string, reader?: Reader): Promise<Pairing | null> {
  const row = await (reader ?? (await db())).pairing.findFirst({ where: { linkHash, projectId } });
  return row && toPairing(row);
}

/** Newest first, until they are purged. */
export async function listPairings(projectId: string, identityId: string): Promise<Pairing[]> {
  const found = await (await db()).pairing.findMany({ where: { projectId, identityId }, orderBy: { id: 'desc' } });
  return found.map(toPairing);
}

const UNFINISHED: PairingState[] = ['open', 'requested', 'confirmed'];

/** Moves it to a later state; true for exactly one caller. `from` limits the states it may be in. */
export async function advance(
  tx: Tx,
  { id, projectId }: Pairing,
  from: PairingState[],
  data: Partial<Pairing> & { state: PairingState },
  now: Date,
): Promise<boolean> {
  const where = { id, projectId, state: { in: from }, expiresAt: { gt: now } };
  return (await tx.pairing.updateMany({ where, data })).count === 1;
}

export async function recordPasskey(tx: Tx, { id, projectId }: Pairing, passkeyId: string): Promise<void> {
  await tx.pairing.updateMany({ where: { id, projectId }, data: { passkeyId } });
}

/** Cancels the unfinished ones of an identity. */
export async function cancelUnfinished(tx: Tx, projectId: string, identityId: string, now: Date): Promise<void> {
  const where = { projectId, identityId, state: { in: UNFINISHED }, expiresAt: { gt: now } };
  await tx.pairing.updateMany({ where, data: { state: 'cancelled' } });
}

/** Removes at most `limit` rows that expired before `before`. */
export async function deleteExpired(before: Date, limit: number): Promise<number> {
  const client = await db();
  const where = { expiresAt: { lte: before } };
  const ids = (await client.pairing.findMany({ where, select: { id: true }, take: limit })).map(({ id }) => id);
  return ids.length === 0 ? 0 : (await client.pairing.deleteMany({ where: { id: { in: ids } } })).count;
}

function toPairing(row: Row): Pairing {
  return { ...row, state: toUnion(PAIRING_STATES, row.state) };
}
