import type { Prisma } from '@/generated/sqlite/client';
import { greetingName } from '@/lib/identity/model/name';
import { db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import { decrypt, encrypt } from '@/lib/platform/secret';
import { toUnion } from '@/lib/platform/union';
import { type CodePurpose, PURPOSES, type Verification } from './model';

export type Recipient = {
  id: string;
  state: string;
  revocationEpoch: number;
  locale: string | null;
  name: string | undefined;
};

/**
 * The identity with this identifier (normalized). One statement with equal work for known and unknown addresses, so
 * that timing reveals nothing; the whole identity is read only after the mailbox is proven.
 */
export async function findRecipient(projectId: string, address: string): Promise<Recipient | null> {
  const row = await (await db()).identity.findFirst({
    where: { projectId, identifiers: { some: { projectId, value: address } } },
    select: { id: true, state: true, revocationEpoch: true, locale: true, traits: true },
  });
  if (!row) return null;
  const { traits, ...recipient } = row;
  return { ...recipient, name: greetingName({ traits: JSON.parse(traits) }) };
}

/** Whether this identity has this address (normalized) as a verified one. */
export async function isVerifiedAddress(projectId: string, identityId: string, address: string): Promise<boolean> {
  const row = await (await db()).verifiableAddress.findFirst({
    where: { projectId, identityId, value: address, verified: true },
    select: { id: true },
  });
  return row !== null;
}

export async function insertVerification(tx: Tx, verification: Verification): Promise<void> {
  await tx.verification.create({ data: { ...verification, returnTo: seal(verification) } });
}

/** The holder of a pending verification: a browser, and after sign-in also an identity or session. */
export type Holder = {
  projectId: string;
  purpose: CodePurpose;
  browserHash: string;
  /** Normalized. */
  address?: string;
  identityId?: string;
  sessionId?: string;
};

const pending = (now: Date) => ({ consumedAt: null, expiresAt: { gt: now } }) satisfies Prisma.VerificationWhereInput;

export async function findPending(holder: Holder, now: Date): Promise<Verification | null> {
  const row = await (await db()).verification.findFirst({
    where: { ...holder, ...pending(now) },
    orderBy: { id: 'desc' },
  });
  return row && toVerification(row);
}

/** Expires the codes and links of earlier mails. `consumedAt` stays null: they were not answered. */
export async function expirePending(tx: Tx, holder: Holder, now: Date): Promise<void> {
  await tx.verification.updateMany({ where: { ...holder, ...pending(now) }, data: { expiresAt: now } });
}

/** Expires everything pending for an identity, in any browser. */
export async function expireAllPending(tx: Tx, projectId: string, identityId: string, now: Date): Promise<void> {
  await tx.verification.updateMany({ where: { projectId, identityId, ...pending(now) }, data: { expiresAt: now } });
}

/** Expires every code, link and step pending at an address (normalized), for any identity. */
export async function expireAllAt(tx: Tx, projectId: string, addresses: string[], now: Date): Promise<void> {
  const where = { projectId, address: { in: addresses }, ...pending(now) };
  await tx.verification.updateMany({ where, data: { expiresAt: now } });
}

export async function findPendingByLink(projectId: string, linkHash: string, now: Date): Promise<Verification | null> {
  const row = await (await db()).verification.findFirst({ where: { linkHash, projectId, ...pending(now) } });
  return row && toVerification(row);
}

/** Takes a try of a code before the comparison, so that concurrent tries count. */
export async function reserveTry(id: string, mostTries: number, now: Date): Promise<boolean> {
  const { count } = await (await db()).verification.updateMany({
    where: { id, wrongTries: { lt: mostTries }, ...pending(now) },
    data: { wrongTries: { increment: 1 } },
  });
  return count === 1;
}

/** The number of wrong tries so far. */
export async function countTries(id: string): Promise<number> {
  return (await (await db()).verification.findUnique({ where: { id } }))?.wrongTries ?? 0;
}

/** Consumes it; true for exactly one caller. Returns the try of a right code. */
export async function consume(id: string, method: 'code' | 'link', now: Date, tx?: Tx): Promise<boolean> {
  const { count } = await (tx ?? (await db())).verification.updateMany({
    where: { id, ...pending(now) },
    data: { consumedAt: now, ...(method === 'code' && { wrongTries: { decrement: 1 } }) },
  });
  return count === 1;
}

/** Returns the try of a right code after a failed transaction. */
export async function returnTry(id: string): Promise<void> {
  await (await db()).verification.updateMany({
    where: { id, consumedAt: null, wrongTries: { gt: 0 } },
    data: { wrongTries: { decrement: 1 } },
  });
}

export type Trace = Pick<Verification, 'address' | 'createdAt'>;

/** Unanswered requests of this browser since a time, oldest first. */
export async function listUnanswered(holder: Holder, since: Date): Promise<Trace[]> {
  return (await db()).verification.findMany({
    where: { ...holder, consumedAt: null, createdAt: { gt: since } },
    orderBy: { id: 'asc' },
    select: { address: true, createdAt: true },
  });
}

/** Removes at most `limit` rows that expired before `before`. */
export async function deleteExpired(before: Date, limit: number): Promise<number> {
  const client = await db();
  const rows = await client.verification.findMany({
    where: { expiresAt: { lte: before } },
    select: { id: true },
    take: limit,
  });
  const ids = rows.map(({ id }) => id);
  return ids.length === 0 ? 0 : (await client.verification.deleteMany({ where: { id: { in: ids } } })).count;
}

export type ReturnPath = {
  id: string;
  projectId: string;
  tokenHash: string;
  path: string;
  createdAt: Date;
  expiresAt: Date;
};

export async function insertReturnPath(kept: ReturnPath): Promise<void> {
  await (await db()).returnPath.create({ data: { ...kept, path: encrypt('return-to', kept.path, kept.id) } });
}

export async function findReturnPath(projectId: string, tokenHash: string, now: Date): Promise<string | null> {
  const row = await (await db()).returnPath.findFirst({ where: { projectId, tokenHash, expiresAt: { gt: now } } });
  return row && decrypt('return-to', row.path, row.id);
}

export async function deleteExpiredReturnPaths(now: Date, limit: number): Promise<number> {
  const client = await db();
  const where = { expiresAt: { lte: now } };
  const ids = (await client.returnPath.findMany({ where, select: { id: true }, take: limit })).map(({ id }) => id);
  return ids.length === 0 ? 0 : (await client.returnPath.deleteMany({ where: { id: { in: ids } } })).count;
}

function toVerification(row: Prisma.VerificationGetPayload<object>): Verification {
  return { ...row, purpose: toUnion(PURPOSES, row.purpose), returnTo: unseal(row) };
}

/** The return path may contain an invitation token, which is equivalent to a password: it is stored encrypted. */
function seal({ id, returnTo }: Pick<Verification, 'id' | 'returnTo'>): string | null {
  return returnTo === null ? null : encrypt('return-to', returnTo, id);
}

function unseal({ id, returnTo }: Pick<Verification, 'id' | 'returnTo'>): string | null {
  return returnTo === null ? null : decrypt('return-to', returnTo, id);
}
