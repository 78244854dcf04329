import { type Db, db } from '@/lib/platform/db/client';
import { table } from '@/lib/platform/db/table';
import type { Tx } from '@/lib/platform/db/transaction';
import type { Project } from '../model';

/**
 * Tables with many rows per project, in order of removal: dependents of identities before identities. The few rows of
 * other tables are deleted with the project's row. Other nouns own these tables; a deleted project removes their rows
 * directly.
 */
export const OWNED_TABLES = [
  'Session',
  'KnownBrowser',
  'SignInAlert',
  'Passkey',
  'Picture',
  'AuthorizationCode',
  'TokenFamily',
  'ApplicationSession',
  'AuthorizationRequest',
  'Grant',
  'GroupMember',
  'LogoutNotice',
  'Identity',
  'DeletedIdentity',
  'AuditEvent',
  'WebhookDelivery',
  'Verification',
  'ReturnPath',
  'Challenge',
  'Invitation',
  'IdempotencyKey',
  'RevokedToken',
  'OutboxMail',
  'ApiCredential',
  'Application',
  'Group',
  'SigningKey',
  'IdentitySchema',
  'BulkAction',
  'UndoJob',
  'ImportChunk',
  'Import',
  'SchemaChange',
] as const;
export type OwnedTable = (typeof OWNED_TABLES)[number];

/** Removes at most `limit` rows of a project; resolves to their number. */
export async function deleteOwnedRows(tx: Tx, name: OwnedTable, projectId: string, limit: number): Promise<number> {
  const owned = table(name);
  if (name === 'RevokedToken')
    return tx.$executeRaw`
      DELETE FROM ${owned} WHERE "projectId" = ${projectId}
      AND "jti" IN (SELECT "jti" FROM ${owned} WHERE "projectId" = ${projectId} LIMIT ${limit})`;
  if (name === 'AuthorizationCode')
    return tx.$executeRaw`
      DELETE FROM ${owned} WHERE "hash" IN (SELECT "hash" FROM ${owned} WHERE "projectId" = ${projectId} LIMIT ${limit})`;
  if (name === 'GroupMember')
    return tx.$executeRaw`
      DELETE FROM ${owned} WHERE ("groupId", "identityId") IN
      (SELECT "groupId", "identityId" FROM ${owned} WHERE "projectId" = ${projectId} LIMIT ${limit})`;
  if (name === 'WebhookDelivery')
    return tx.$executeRaw`
      DELETE FROM ${owned} WHERE ("endpointId", "eventId") IN
      (SELECT "endpointId", "eventId" FROM ${owned} WHERE "projectId" = ${projectId} LIMIT ${limit})`;
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

/** Queued mails would be sent in the name of a deleted project. */
export async function deleteWaitingMails(tx: Tx, projectId: string): Promise<void> {
  await tx.outboxMail.deleteMany({ where: { projectId, sentAt: null, failedAt: null } });
}

/** Events of a deleted project are not sent. */
export async function stopWebhooks(tx: Tx, projectId: string): Promise<void> {
  await tx.webhookEndpoint.updateMany({ where: { projectId }, data: { isActive: false } });
}

export type Tombstone = Pick<Project, 'slug' | 'organizationId' | 'updatedAt'>;

/** The tombstone of a deleted project; it exists until all rows are removed. */
export async function updateToTombstone(tx: Tx, id: string, tombstone: Tombstone): Promise<void> {
  await tx.project.update({ where: { id }, data: { ...tombstone, mailFrom: null, mailFromApproval: null } });
}

export async function deleteProjectRow(tx: Tx, id: string): Promise<void> {
  await tx.project.deleteMany({ where: { id } });
}
