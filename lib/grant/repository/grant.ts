import { db } from '@/lib/platform/db/client';
import { toDate } from '@/lib/platform/db/dates';
import { all, run, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import type { Grant, ListedGrant } from '../model';
import { toList } from './list';

type Parties = { projectId: string; applicationId: string; identityId: string };

export async function findGrant({ projectId, applicationId, identityId }: Parties, tx?: Tx): Promise<Grant | null> {
  const row = await (tx ?? (await db())).grant.findFirst({ where: { projectId, applicationId, identityId } });
  return row && { ...row, scopes: toList(row.scopes) };
}

const PUT = statement(
  'grant.put',
  `INSERT INTO "Grant" (id, "projectId", "applicationId", "identityId", scopes, "createdAt", "updatedAt")
   VALUES ($1, $2, $3, $4, $5, $6, $6)
   ON CONFLICT ("applicationId", "identityId") DO UPDATE SET scopes = $5, "updatedAt" = $6`,
);

/** Inserts the grant, or sets its scopes. */
export async function putGrant(
  tx: Tx,
  { projectId, applicationId, identityId }: Parties,
  scopes: readonly string[],
  now: Date,
): Promise<void> {
  await run(PUT, [newId(), projectId, applicationId, identityId, JSON.stringify(scopes), now], tx);
}

/** True if this call removed it. */
export async function deleteGrant(tx: Tx, { projectId, applicationId, identityId }: Parties): Promise<boolean> {
  return (await tx.grant.deleteMany({ where: { projectId, applicationId, identityId } })).count > 0;
}

type ListedRow = Omit<Grant, 'scopes'> & {
  scopes: string;
  clientId: string;
  name: string;
  launchUrl: string | null;
  logoHash: string | null;
  disabledAt: Date | null;
  signedInAt: string | Date | null;
  refreshedAt: string | Date | null;
};

const OF_IDENTITY = statement<ListedRow>(
  'grant.of_identity',
  `SELECT g.id, g."projectId", g."applicationId", g."identityId", g.scopes, g."createdAt", g."updatedAt",
     a."clientId", a.name, a."launchUrl", a."logoHash", a."disabledAt",
     (SELECT max(s."authenticatedAt") FROM "ApplicationSession" s
      WHERE s."identityId" = g."identityId" AND s."applicationId" = g."applicationId") AS "signedInAt",
     (SELECT max(f."rotatedAt") FROM "ApplicationSession" s JOIN "TokenFamily" f ON f."applicationSessionId" = s.id
      WHERE s."identityId" = g."identityId" AND s."applicationId" = g."applicationId") AS "refreshedAt"
   FROM "Grant" g JOIN "Application" a ON a.id = g."applicationId"
   WHERE g."identityId" = $1 AND g."projectId" = $2
   ORDER BY a.name, g.id`,
);

/** All grants of an identity by the name of their application. A project has few applications. */
export async function listGrants(projectId: string, identityId: string, tx?: Tx): Promise<ListedGrant[]> {
  return (await all(OF_IDENTITY, [identityId, projectId], tx)).map(
    ({ clientId, name, launchUrl, logoHash, disabledAt, signedInAt, refreshedAt, ...grant }) => ({
      ...grant,
      scopes: toList(grant.scopes),
      application: { id: grant.applicationId, clientId, name, launchUrl, logoHash, disabledAt },
      lastUsedAt: latest(signedInAt, refreshedAt),
    }),
  );
}

function latest(...times: Array<string | Date | null>): Date | null {
  const dates = times.flatMap((time) => (time === null ? [] : [toDate(time)]));
  return dates.sort((a, b) => b.getTime() - a.getTime())[0] ?? null;
}
