import type { Prisma } from '@/generated/sqlite/client';
import type { Identity } from '@/lib/identity/model';
import type { Db } from '@/lib/platform/db/client';
import { columnsOf } from '@/lib/platform/db/columns';
import { all, first, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import type { RecoveryCode } from './model';

type Reader = Db | Tx;
type Row = Prisma.RecoveryCodeGetPayload<object>;

const COLUMNS = columnsOf('r', 'id projectId identityId revocationEpoch codeHash createdAt usedAt');
const OF_IDENTITY = statement<Row>(
  'recovery_code.of_identity',
  `SELECT ${COLUMNS} FROM "RecoveryCode" r WHERE r."identityId" = $1 AND r."projectId" = $2 ORDER BY r.id`,
);
const BY_HASH = statement<Row>(
  'recovery_code.by_hash',
  `SELECT ${COLUMNS} FROM "RecoveryCode" r
   WHERE r."codeHash" = $1 AND r."identityId" = $2 AND r."projectId" = $3 AND r."usedAt" IS NULL`,
);

/** Used ones too, and those of an earlier epoch. */
export async function listCodes(projectId: string, identityId: string, reader?: Reader): Promise<RecoveryCode[]> {
  return all(OF_IDENTITY, [identityId, projectId], reader);
}

export async function findUnused(
  projectId: string,
  identityId: string,
  codeHash: string,
): Promise<RecoveryCode | null> {
  return first(BY_HASH, [codeHash, identityId, projectId]);
}

export async function insertCodes(tx: Tx, codes: RecoveryCode[]): Promise<void> {
  await tx.recoveryCode.createMany({ data: codes });
}

/** Resolves to the number deleted, and how many of them were still usable. */
export async function deleteCodes(
  tx: Tx,
  { projectId, id: identityId, revocationEpoch }: Pick<Identity, 'projectId' | 'id' | 'revocationEpoch'>,
): Promise<{ deleted: number; usable: number }> {
  const of = { projectId, identityId };
  const usable = await tx.recoveryCode.count({ where: { ...of, revocationEpoch, usedAt: null } });
  const { count: deleted } = await tx.recoveryCode.deleteMany({ where: of });
  return { deleted, usable };
}

export async function updateEpoch(
  tx: Tx,
  { projectId, id: identityId, revocationEpoch }: Pick<Identity, 'projectId' | 'id' | 'revocationEpoch'>,
  next: number,
): Promise<void> {
  await tx.recoveryCode.updateMany({
    where: { projectId, identityId, revocationEpoch },
    data: { revocationEpoch: next },
  });
}

/** True for exactly one caller. */
export async function consumeCode(tx: Tx, { id, projectId }: RecoveryCode, now: Date): Promise<boolean> {
  const { count } = await tx.recoveryCode.updateMany({
    where: { id, projectId, usedAt: null },
    data: { usedAt: now },
  });
  return count === 1;
}
