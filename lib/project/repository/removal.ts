import { type Db, db } from '@/lib/platform/db/client';
import { table } from '@/lib/platform/db/table';
import type { Tx } from '@/lib/platform/db/transaction';
import type { Project } from '../model';

/**
 * What a project may own in large numbers, in the order of removal: what hangs on an identity before identities. The few rows of
 * other tables end with the row of the project. These are tables of other nouns, because the project ends before it asks them.
 */
export const OWNED_TABLES = [
  'Session',
  'Passkey',
  'Identity',
  'AuditEvent',
  'Verification',
  'ReturnPath',
  'Challenge',
  'Invitation',
  'IdempotencyKey',
  'RevokedToken',
  'OutboxMail',
  'ApiCredential',
  'SigningKey',
  'IdentitySchema',
] as const;
export type OwnedTable = (typeof OWNED_TABLES)[number];

/** Removes at most `limit` rows of a project; resolves to how many. */
export async function deleteOwnedRows(tx: Tx, name: OwnedTable, projectId: string, limit: number): Promise<number> {
  const owned = table(name);
  if (name === 'RevokedToken')
    return tx.$executeRaw`
      DELETE FROM ${owned} WHERE "projectId" = ${projectId}
      AND "jti" IN (SELECT "jti" FROM ${owned} WHERE "projectId" = ${projectId} LIMIT ${limit})`;
  return tx.$executeRaw`
    DELETE FROM ${owned} WHERE "id" IN (SELECT "id" FROM ${owned} WHERE "projectId" = ${projectId} LIMIT ${limit})`;
}

export async function countOwnedRows(projectId: string): Promise<number> {
  const client: Db = await db();
  let total = 0;
  for (const name of OWNED_TABLES) {
    const [row] = await client.$queryRaw<Array<{ count: bigint | number }>>`
      SELECT count(*) AS "count" FROM ${table(name)} WHERE "projectId" = ${projectId}`;
    total += Number(row?.count ?? 0);
  }
  return total;
}

/** The mails that wait would reach people in the name of a project that is gone. */
export async function deleteWaitingMails(tx: Tx, projectId: string): Promise<void> {
  await tx.outboxMail.deleteMany({ where: { projectId, sentAt: null, failedAt: null } });
}

export type Tombstone = Pick<Project, 'slug' | 'organizationId' | 'updatedAt'>;

/** The row that a deleted project leaves until all it owned is removed. */
export async function updateToTombstone(tx: Tx, id: string, tombstone: Tombstone): Promise<void> {
  await tx.project.update({ where: { id }, data: { ...tombstone, mailFrom: null, mailFromApproval: null } });
}

export async function deleteProjectRow(tx: Tx, id: string): Promise<void> {
  await tx.project.deleteMany({ where: { id } });
}
