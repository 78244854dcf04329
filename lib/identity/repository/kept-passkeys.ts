import { z } from 'zod';
import type { Prisma } from '@/generated/sqlite/client';
import { columnsOf } from '@/lib/platform/db/columns';
import { withList } from '@/lib/platform/db/list-parameter';
import { all, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import { isUniqueViolation } from '@/lib/platform/db/violations';
import { AppError } from '@/lib/platform/errors';
import type { Identity } from '../model';

/**
 * The passkeys of an identity in the recycle bin, as JSON. Their noun is above this one; none of its rules applies to
 * a passkey that signs in nowhere.
 */
type PasskeyRow = Omit<Prisma.PasskeyGetPayload<object>, 'signCount'> & { signCount: number | bigint };
const PASSKEYS = statement<PasskeyRow>(
  'deleted_identity.read_passkeys',
  `SELECT ${columnsOf(
    'k',
    `id projectId identityId credentialId publicKey signCount aaguid transports isBackupEligible isBackedUp rpId name
     addedBy addedSessionId addressId createdAt lastUsedAt counterWarnedAt`,
  )} FROM "Passkey" k WHERE k."projectId" = $1 AND k."identityId" = $2 ORDER BY k.id`,
);
const REGISTERED = statement<{ credentialId: string }>(
  'deleted_identity.registered_elsewhere',
  withList((inList) => `SELECT "credentialId" FROM "Passkey" WHERE ${inList('"credentialId"', 1)}`),
);

/** The passkeys of an identity as JSON text, for `insertDeleted`. */
export async function readPasskeys(tx: Tx, { id, projectId, passkeyCount }: Identity): Promise<string> {
  if (passkeyCount === 0) return '[]';
  const rows = await all(PASSKEYS, [projectId, id], tx);
  return JSON.stringify(
    rows.map(({ publicKey, signCount, ...row }) => ({
      ...row,
      publicKey: Buffer.from(publicKey).toString('base64'),
      signCount: Number(signCount), // 32 bits (WebAuthn L3 §6.1)
    })),
  );
}

const date = z.iso.datetime().transform((text) => new Date(text));
const storedPasskeys = z.array(
  z.object({
    ...{ id: z.string(), projectId: z.string(), identityId: z.string(), credentialId: z.string(), aaguid: z.string() },
    publicKey: z.string().transform((text) => new Uint8Array(Buffer.from(text, 'base64'))),
    ...{ signCount: z.number(), transports: z.string(), rpId: z.string(), name: z.string(), addedBy: z.string() },
    ...{ isBackupEligible: z.boolean(), isBackedUp: z.boolean(), addedSessionId: z.string().nullable() },
    ...{ addressId: z.string().nullable(), createdAt: date, lastUsedAt: date.nullable() },
    counterWarnedAt: date.nullable(),
  }),
);
export type KeptPasskey = z.output<typeof storedPasskeys>[number];

export function toKeptPasskeys(text: string): KeptPasskey[] {
  return storedPasskeys.parse(JSON.parse(text));
}

/** The credential IDs among these that are registered, in any project. */
export async function findRegistered(tx: Tx, passkeys: KeptPasskey[]): Promise<Set<string>> {
  if (passkeys.length === 0) return new Set();
  const rows = await all(REGISTERED, [JSON.stringify(passkeys.map(({ credentialId }) => credentialId))], tx);
  return new Set(rows.map(({ credentialId }) => credentialId));
}

/** Refuses: `passkey_already_registered`. */
export async function restorePasskeys(tx: Tx, passkeys: KeptPasskey[]): Promise<void> {
  if (passkeys.length === 0) return;
  try {
    await tx.passkey.createMany({ data: passkeys });
  } catch (cause) {
    if (isUniqueViolation(cause, 'credentialId')) throw new AppError('passkey_already_registered', { cause });
    throw cause;
  }
}
