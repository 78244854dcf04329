import { db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import { decrypt, encrypt } from '@/lib/platform/secret';
import type { Parameters, StoredRequest } from '../model';

/** Stored authorization requests. Their parameters are encrypted: a `login_hint` names a person. */

export async function insertRequest(request: StoredRequest): Promise<void> {
  const parameters = encrypt('authorization-request', JSON.stringify(request.parameters), contextOf(request));
  await (await db()).authorizationRequest.create({ data: { ...request, parameters, consumedAt: null } });
}

/** One that is neither used nor expired. */
export async function findPendingRequest(
  projectId: string,
  id: string,
  now: Date,
  tx?: Tx,
): Promise<StoredRequest | null> {
  const row = await (tx ?? (await db())).authorizationRequest.findFirst({
    where: { id, projectId, consumedAt: null, expiresAt: { gt: now } },
    omit: { consumedAt: true },
  });
  return row && { ...row, parameters: toParameters(decrypt('authorization-request', row.parameters, contextOf(row))) };
}

type Held = Pick<StoredRequest, 'id' | 'projectId'>;
const pending = ({ id, projectId }: Held, now: Date) => ({ id, projectId, consumedAt: null, expiresAt: { gt: now } });

/** Binds a request to the browser that presents it, and asks its person. False if another browser has. */
export async function bindRequest(
  request: StoredRequest,
  browser: { browserHash: string; askedAt: Date; expiresAt: Date },
): Promise<boolean> {
  const { count } = await (await db()).authorizationRequest.updateMany({
    where: {
      ...pending(request, browser.askedAt),
      OR: [{ browserHash: null }, { browserHash: browser.browserHash }],
    },
    data: { ...browser, askedAt: request.askedAt ?? browser.askedAt },
  });
  return count === 1;
}

/** Records the person's answer. False if the request has ended, or is another browser's. */
export async function answerRequest(
  tx: Tx,
  { browserHash, ...request }: Held & { browserHash: string },
  answer: { allowedBy: string; allowedEpoch: number } | { deniedAt: Date },
  now: Date,
): Promise<boolean> {
  const where = { ...pending(request, now), browserHash };
  return (await tx.authorizationRequest.updateMany({ where, data: answer })).count === 1;
}

/** True for exactly one caller. */
export async function consumeRequest(tx: Tx, request: Held, now: Date): Promise<boolean> {
  const where = pending(request, now);
  return (await tx.authorizationRequest.updateMany({ where, data: { consumedAt: now } })).count === 1;
}

/** Removes at most `limit` that expired before `now`. */
export async function deleteExpiredRequests(now: Date, limit: number): Promise<number> {
  const { authorizationRequest } = await db();
  const select = { id: true };
  const rows = await authorizationRequest.findMany({ where: { expiresAt: { lte: now } }, select, take: limit });
  const ids = rows.map(({ id }) => id);
  return ids.length === 0 ? 0 : (await authorizationRequest.deleteMany({ where: { id: { in: ids } } })).count;
}

function contextOf({ id, projectId }: Held): string {
  return `${projectId}\0${id}`;
}

function toParameters(text: string): Parameters {
  const parsed: unknown = JSON.parse(text);
  if (!Array.isArray(parsed)) throw new Error('A stored authorization request is not a list');
  return parsed.map(([name, value]: unknown[]) => [String(name), String(value)] as const);
}
