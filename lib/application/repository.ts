import { type Db, db } from '@/lib/platform/db/client';
import { all, first, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import type { Application } from './model';
import { APPLICATION_COLUMNS, type ApplicationRow, toApplication, toLists } from './repository/row';

const MAX_ROWS = 1000;

const BY_CLIENT_ID = statement<ApplicationRow>(
  'application.by_client_id',
  `SELECT ${APPLICATION_COLUMNS} FROM "Application" a WHERE a."clientId" = $1 AND a."projectId" = $2`,
);

export async function findApplication(
  projectId: string,
  clientId: string,
  reader?: Db | Tx,
): Promise<Application | null> {
  const row = await first(BY_CLIENT_ID, [clientId, projectId], reader);
  return row && toApplication(row);
}

const BY_ID = statement<ApplicationRow>(
  'application.by_id',
  `SELECT ${APPLICATION_COLUMNS} FROM "Application" a WHERE a.id = $1 AND a."projectId" = $2`,
);

export async function findApplicationById(
  projectId: string,
  id: string,
  reader?: Db | Tx,
): Promise<Application | null> {
  const row = await first(BY_ID, [id, projectId], reader);
  return row && toApplication(row);
}

export type ListPosition = {
  /** Only applications older than this ID. */
  before?: string | undefined;
  /** Only applications newer than this ID; `limit` keeps the closest. */
  after?: string | undefined;
  limit?: number;
};

/** Newest first. */
export async function listApplications(
  projectId: string,
  { before, after, limit = MAX_ROWS }: ListPosition = {},
): Promise<Application[]> {
  const rows = await (await db()).application.findMany({
    where: {
      projectId,
      id: { ...(before !== undefined && { lt: before }), ...(after !== undefined && { gt: after }) },
    },
    orderBy: { id: after === undefined ? 'desc' : 'asc' },
    take: limit,
  });
  const applications = rows.map(toApplication);
  return after === undefined ? applications : applications.reverse();
}

export async function countApplications(projectId: string): Promise<number> {
  return (await db()).application.count({ where: { projectId } });
}

const BROWSER_URIS = statement<{ redirectUris: string }>(
  'application.browser_uris',
  `SELECT a."redirectUris" FROM "Application" a
   WHERE a."projectId" = $1 AND a.kind = 'browser' AND a."disabledAt" IS NULL`,
);

/** The redirect URIs of the enabled applications that run in browsers. */
export async function listBrowserUris(projectId: string): Promise<string[]> {
  const rows = await all(BROWSER_URIS, [projectId]);
  return rows.flatMap(({ redirectUris }): string[] => JSON.parse(redirectUris));
}

const MAY_USE = statement<{ one: number }>(
  'application.may_use',
  `SELECT 1 AS one FROM "ApplicationGroup" g JOIN "GroupMember" m ON m."groupId" = g."groupId" AND m."identityId" = $3
   WHERE g."applicationId" = $2 AND g."projectId" = $1 LIMIT 1`,
);

/** Whether the identity is a member of a group that may use the application. */
export async function isAllowedMember(
  projectId: string,
  applicationId: string,
  identityId: string,
  reader?: Db | Tx,
): Promise<boolean> {
  return (await first(MAY_USE, [projectId, applicationId, identityId], reader)) !== null;
}

export async function insertApplication(tx: Tx, application: Application): Promise<void> {
  await tx.application.create({ data: { ...application, ...toLists(application) } });
}

/** False if another writer changed it since `before` was read. */
export async function updateApplicationRow(tx: Tx, before: Application, after: Application): Promise<boolean> {
  const { id, projectId, clientId: _c, kind: _k, template: _t, createdAt: _a, ...mutable } = after;
  const { count } = await tx.application.updateMany({
    where: { id, projectId, version: before.version },
    data: { ...mutable, ...toLists(after) },
  });
  return count === 1;
}

/** With its secrets, logo, grants, sessions and tokens. False if it was changed or deleted since it was read. */
export async function deleteApplicationRow(tx: Tx, { id, projectId, version }: Application): Promise<boolean> {
  const { count } = await tx.application.deleteMany({ where: { id, projectId, version } });
  return count === 1;
}
