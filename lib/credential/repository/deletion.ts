import { z } from 'zod';
import type { Prisma } from '@/generated/sqlite/client';
import { db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import { PASSKEY_ORIGINS, type Passkey } from '../model';
import type { PasskeyDeletion } from '../model/deletion';

type Holder = { projectId: string; identityId: string };

export async function insertDeletion(tx: Tx, { passkey, ...deletion }: PasskeyDeletion): Promise<void> {
  const { id, projectId, identityId } = passkey;
  await tx.passkeyDeletion.create({ data: { ...deletion, id, projectId, identityId, passkey: toText(passkey) } });
}

export async function findDeletion(
  tx: Tx,
  { projectId, identityId }: Holder,
  id: string,
): Promise<PasskeyDeletion | null> {
  const row = await tx.passkeyDeletion.findFirst({ where: { id, projectId, identityId } });
  return row && toDeletion(row);
}

/** Whether the deletion of this passkey is not recorded yet. */
export async function hasPendingDeletion({ projectId, identityId }: Holder, credentialId: string): Promise<boolean> {
  const found = await (await db()).passkeyDeletion.findMany({ where: { projectId, identityId } });
  return found.some((row) => toDeletion(row).passkey.credentialId === credentialId);
}

/** True for exactly one caller. */
export async function takeDeletion(
  tx: Tx,
  { passkey: { id, projectId, identityId } }: PasskeyDeletion,
): Promise<boolean> {
  return (await tx.passkeyDeletion.deleteMany({ where: { id, projectId, identityId } })).count === 1;
}

/** Postpones a deletion that is not due yet. */
export async function postponeDeletion(
  { projectId, identityId }: Holder,
  { id, sessionId, now, seconds }: { id: string; sessionId: string; now: Date; seconds: number },
): Promise<void> {
  const { passkeyDeletion } = await db();
  const where = { id, projectId, identityId, sessionId, dueAt: { gt: now } };
  const row = await passkeyDeletion.findFirst({ where, select: { createdAt: true } });
  if (!row) return;
  const dueAt = new Date(row.createdAt.getTime() + seconds * 1000);
  await passkeyDeletion.updateMany({ where, data: { dueAt } });
}

/** Tries a due deletion again later; it cannot be undone any more. */
export async function retryDeletion({ passkey: { id, projectId }, dueAt }: PasskeyDeletion, next: Date): Promise<void> {
  await (await db()).passkeyDeletion.updateMany({
    where: { id, projectId, dueAt },
    data: { dueAt: next, sessionId: '' },
  });
}

/** Due for longest first. */
export async function listDueDeletions(now: Date, limit: number): Promise<PasskeyDeletion[]> {
  const { passkeyDeletion } = await db();
  const rows = await passkeyDeletion.findMany({
    where: { dueAt: { lte: now } },
    orderBy: { dueAt: 'asc' },
    take: limit,
  });
  return rows.map(toDeletion);
}

const stored = z.object({
  ...{ id: z.string(), projectId: z.string(), identityId: z.string(), credentialId: z.string(), publicKey: z.string() },
  ...{ signCount: z.string(), aaguid: z.string(), transports: z.array(z.string()), rpId: z.string(), name: z.string() },
  ...{ isBackupEligible: z.boolean(), isBackedUp: z.boolean(), addedBy: z.enum(PASSKEY_ORIGINS) },
  ...{ addedSessionId: z.string().nullable(), addressId: z.string().nullable() },
  ...{ createdAt: z.iso.datetime(), lastUsedAt: z.iso.datetime().nullable() },
  counterWarnedAt: z.iso.datetime().nullable().default(null),
});

function toText({ publicKey, signCount, ...passkey }: Passkey): string {
  const text = { publicKey: Buffer.from(publicKey).toString('base64'), signCount: String(signCount) };
  return JSON.stringify({ ...passkey, ...text });
}

function toDeletion({ passkey: text, id: _, projectId: __, identityId: ___, ...row }: Row): PasskeyDeletion {
  const { publicKey, signCount, createdAt, lastUsedAt, counterWarnedAt, ...passkey } = stored.parse(JSON.parse(text));
  return {
    ...row,
    passkey: {
      ...passkey,
      publicKey: new Uint8Array(Buffer.from(publicKey, 'base64')),
      signCount: BigInt(signCount),
      createdAt: new Date(createdAt),
      lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt),
      counterWarnedAt: counterWarnedAt === null ? null : new Date(counterWarnedAt),
    },
  };
}

type Row = Prisma.PasskeyDeletionGetPayload<object>;
