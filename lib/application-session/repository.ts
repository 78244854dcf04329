import type { Prisma } from '@/generated/sqlite/client';
import { db } from '@/lib/platform/db/client';
import { columnsOf } from '@/lib/platform/db/columns';
import { insertInto, insertOne } from '@/lib/platform/db/insert-many';
import { all, first, run, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import type { ApplicationSession } from './model';

type Row = Prisma.ApplicationSessionGetPayload<object>;
const NAMES = `id projectId applicationId identityId sessionId revocationEpoch authenticatedAt method createdAt endedAt`;
const COLUMNS = columnsOf('s', NAMES);
const IN_SESSION = statement<Row>(
  'application_session.in_session',
  `SELECT ${COLUMNS} FROM "ApplicationSession" s
   WHERE s."sessionId" = $2 AND s."applicationId" = $3 AND s."projectId" = $1`,
);

/** The row of an application in a browser session, live or ended. */
export async function findInSession(
  tx: Tx,
  { projectId, sessionId, applicationId }: { projectId: string; sessionId: string; applicationId: string },
): Promise<ApplicationSession | null> {
  return first(IN_SESSION, [projectId, sessionId, applicationId], tx);
}

const ROWS = insertInto('ApplicationSession', [
  ...(['id', 'projectId', 'applicationId', 'identityId', 'sessionId', 'revocationEpoch'] as const),
  ...(['authenticatedAt', 'method', 'createdAt', 'endedAt'] as const),
]);

/** Throws a unique violation if the application has a row in this session. */
export async function insertApplicationSession(tx: Tx, session: ApplicationSession): Promise<void> {
  await insertOne(ROWS, session, tx);
}

/** False if it has ended since it was read. */
export async function renew(
  tx: Tx,
  { id, projectId }: ApplicationSession,
  { authenticatedAt, method }: Pick<ApplicationSession, 'authenticatedAt' | 'method'>,
): Promise<boolean> {
  const { count } = await tx.applicationSession.updateMany({
    where: { id, projectId, endedAt: null },
    data: { authenticatedAt, method },
  });
  return count === 1;
}

/** A session to be ended, with what its notice needs. `logoutUri`: null for an application without notices. */
export type Ending = {
  id: string;
  identityId: string;
  applicationId: string;
  sessionId: string | null;
  clientId: string;
  name: string;
  logoutUri: string | null;
  /** Whether it has a family that survives the browser session. */
  isOffline: boolean;
};
type EndingRow = Omit<Ending, 'isOffline'> & { offlineFamilies: number };

const ending = (condition: string) => `SELECT ${columnsOf('s', 'id identityId applicationId sessionId')},
     ${columnsOf('a', 'clientId name logoutUri')},
     (SELECT count(*) FROM "TokenFamily" f
      WHERE f."applicationSessionId" = s.id AND f."isOffline" = TRUE AND f."endedAt" IS NULL) AS "offlineFamilies"
   FROM "ApplicationSession" s JOIN "Application" a ON a.id = s."applicationId"
   WHERE ${condition} AND s."projectId" = $1 AND s."endedAt" IS NULL ORDER BY s.id`;
const OF_SESSION = statement<EndingRow>('application_session.of_session', ending('s."sessionId" = $2'));
const OF_IDENTITY = statement<EndingRow>('application_session.of_identity', ending('s."identityId" = $2'));
const OF_APPLICATION = statement<EndingRow>('application_session.of_application', ending('s."applicationId" = $2'));
const OF_GRANT = statement<EndingRow>(
  'application_session.of_grant',
  ending('s."identityId" = $2 AND s."applicationId" = $3'),
);

/** Whose sessions end. `sessionId`: of the browser. */
export type Whose =
  | { projectId: string; sessionId: string }
  | { projectId: string; identityId: string }
  | { projectId: string; applicationId: string }
  | { projectId: string; identityId: string; applicationId: string };

/** Sessions that have not ended. */
export async function listEnding(tx: Tx, whose: Whose): Promise<Ending[]> {
  return (await readEnding(tx, whose)).map(({ offlineFamilies, ...row }) => ({
    ...row,
    isOffline: offlineFamilies > 0,
  }));
}

function readEnding(tx: Tx, whose: Whose): Promise<EndingRow[]> {
  const { projectId } = whose;
  if ('sessionId' in whose) return all(OF_SESSION, [projectId, whose.sessionId], tx);
  if (!('identityId' in whose)) return all(OF_APPLICATION, [projectId, whose.applicationId], tx);
  if (!('applicationId' in whose)) return all(OF_IDENTITY, [projectId, whose.identityId], tx);
  return all(OF_GRANT, [projectId, whose.identityId, whose.applicationId], tx);
}

export async function markEnded(tx: Tx, projectId: string, ids: string[], now: Date): Promise<void> {
  await tx.applicationSession.updateMany({
    where: { projectId, id: { in: ids }, endedAt: null },
    data: { endedAt: now },
  });
}

/** Detaches rows from their browser session, so that its deletion leaves them. */
export async function detach(tx: Tx, projectId: string, ids: string[]): Promise<void> {
  await tx.applicationSession.updateMany({ where: { projectId, id: { in: ids } }, data: { sessionId: null } });
}

const MOVE = statement(
  'application_session.move',
  'UPDATE "ApplicationSession" SET "sessionId" = $3 WHERE "sessionId" = $2 AND "projectId" = $1',
);

/** Moves the rows of a browser session to the one that replaces it; resolves to their number. */
export async function move(tx: Tx, projectId: string, from: string, to: string): Promise<number> {
  return run(MOVE, [projectId, from, to], tx);
}

/** Detaches the rows of these browser sessions that have a family with `offline_access`. */
export async function detachOffline(tx: Tx, sessionIds: string[]): Promise<void> {
  await tx.applicationSession.updateMany({
    where: { sessionId: { in: sessionIds }, endedAt: null, families: { some: { isOffline: true, endedAt: null } } },
    data: { sessionId: null },
  });
}

/** Deletes at most `limit` detached rows that ended before `before`, or whose families have all ended or expired. */
export async function deleteDead(before: Date, limit: number): Promise<number> {
  const client = await db();
  const rows = await client.applicationSession.findMany({
    where: {
      sessionId: null,
      createdAt: { lt: before },
      OR: [{ endedAt: { lt: before } }, { families: { none: { endedAt: null, endsAt: { gt: before } } } }],
    },
    select: { id: true },
    take: limit,
  });
  const ids = rows.map(({ id }) => id);
  return ids.length === 0 ? 0 : (await client.applicationSession.deleteMany({ where: { id: { in: ids } } })).count;
}
