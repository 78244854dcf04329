import { db } from '@/lib/platform/db/client';
import { first, run, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import type { AuthorizationCode } from '../model';
import { toList } from './list';

type CodeRow = Omit<AuthorizationCode, 'scopes' | 'audiences'> & { scopes: string; audiences: string };

export async function insertCode(tx: Tx, code: AuthorizationCode): Promise<void> {
  const { scopes, audiences } = code;
  await tx.authorizationCode.create({
    data: { ...code, scopes: JSON.stringify(scopes), audiences: JSON.stringify(audiences) },
  });
}

type Holder = { applicationId: string; identityId: string };

const BY_HASH = statement<CodeRow & Holder>(
  'grant.code_by_hash',
  `SELECT c.hash, c."projectId", c."applicationSessionId", c."redirectUri", c.challenge, c.nonce, c.scopes, c.audiences,
     c."createdAt", c."expiresAt", c."consumedAt", c."familyId", s."applicationId", s."identityId"
   FROM "AuthorizationCode" c JOIN "ApplicationSession" s ON s.id = c."applicationSessionId"
   WHERE c.hash = $1 AND c."projectId" = $2`,
);

/** With the application it was issued to, and its person. */
export async function findCode(projectId: string, hash: string, tx?: Tx): Promise<(AuthorizationCode & Holder) | null> {
  const row = await first(BY_HASH, [hash, projectId], tx);
  return row && { ...row, scopes: toList(row.scopes), audiences: toList(row.audiences) };
}

const CONSUME = statement(
  'grant.consume_code',
  `UPDATE "AuthorizationCode" SET "consumedAt" = $3, "familyId" = $4
   WHERE hash = $1 AND "projectId" = $2 AND "consumedAt" IS NULL AND "expiresAt" > $3`,
);

/** True for exactly one caller, and not after it expired. */
export async function consumeCode(
  tx: Tx,
  { hash, projectId }: Pick<AuthorizationCode, 'hash' | 'projectId'>,
  familyId: string,
  now: Date,
): Promise<boolean> {
  return (await run(CONSUME, [hash, projectId, now, familyId], tx)) === 1;
}

/** Removes at most `limit` that expired before `before`. */
export async function deleteExpiredCodes(before: Date, limit: number): Promise<number> {
  const { authorizationCode } = await db();
  const where = { expiresAt: { lte: before } };
  const rows = await authorizationCode.findMany({ where, select: { hash: true }, take: limit });
  const hashes = rows.map(({ hash }) => hash);
  return hashes.length === 0 ? 0 : (await authorizationCode.deleteMany({ where: { hash: { in: hashes } } })).count;
}
