import { type Db, db } from '@/lib/platform/db/client';
import { all, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import type { Application, SecretPeriod } from '../model';
import { APPLICATION_COLUMNS, type ApplicationRow, toApplication } from './row';

const activeAt = (now: Date) => ({ OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] });

/** Active secrets, newest first. */
export async function listSecrets(
  { id, projectId }: Pick<Application, 'id' | 'projectId'>,
  now: Date,
  reader?: Db | Tx,
): Promise<SecretPeriod[]> {
  return (reader ?? (await db())).applicationSecret.findMany({
    where: { applicationId: id, projectId, ...activeAt(now) },
    orderBy: { id: 'desc' },
    select: { id: true, name: true, createdAt: true, expiresAt: true, lastUsedAt: true },
  });
}

export type StoredSecret = { id: string; hash: string; lastUsedAt: Date | null };

type WithSecret = { [Column in keyof ApplicationRow]: ApplicationRow[Column] | null } & {
  secretId: string | null;
  hash: string | null;
  secretUsedAt: Date | null;
};
/** One row per active secret; for an unknown application one row too, after the same look-ups. */
const WITH_SECRETS = statement<WithSecret>(
  'application.with_secrets',
  `SELECT ${APPLICATION_COLUMNS}, s.id AS "secretId", s.hash, s."lastUsedAt" AS "secretUsedAt"
   FROM (SELECT 1 AS one) always
   LEFT JOIN "Application" a ON a."clientId" = $1 AND a."projectId" = $2
   LEFT JOIN "ApplicationSecret" s
     ON s."applicationId" = coalesce(a.id, 'none') AND (s."expiresAt" IS NULL OR s."expiresAt" > $3)`,
);

/** An application and its active secrets. Reads the same for an unknown one, so that timing does not reveal it. */
export async function findWithSecrets(
  projectId: string,
  clientId: string,
  now: Date,
): Promise<{ application: Application | null; secrets: StoredSecret[] }> {
  const rows = await all(WITH_SECRETS, [clientId, projectId, now]);
  const secrets = rows.flatMap(({ secretId: id, hash, secretUsedAt: lastUsedAt }) =>
    id === null || hash === null ? [] : [{ id, hash, lastUsedAt }],
  );
  const [row] = rows;
  return { application: row && isApplication(row) ? toApplication(row) : null, secrets };
}

function isApplication(row: WithSecret): row is WithSecret & ApplicationRow {
  return row.id !== null;
}

export async function insertSecret(
  tx: Tx,
  { id: applicationId, projectId }: Application,
  { hash, name, now }: { hash: string; name: string | null; now: Date },
): Promise<SecretPeriod> {
  const period = { id: newId(), name, createdAt: now, expiresAt: null, lastUsedAt: null };
  await tx.applicationSecret.create({ data: { ...period, applicationId, projectId, hash } });
  return period;
}

/**
 * Sets the expiry of all secrets to `end` unless it is earlier, and deletes expired ones. Resolves to the remaining
 * number.
 */
export async function expireSecrets(tx: Tx, { id, projectId }: Application, end: Date, now: Date): Promise<number> {
  const own = { applicationId: id, projectId };
  await tx.applicationSecret.updateMany({
    where: { ...own, OR: [{ expiresAt: null }, { expiresAt: { gt: end } }] },
    data: { expiresAt: end },
  });
  await tx.applicationSecret.deleteMany({ where: { ...own, expiresAt: { lte: now } } });
  return tx.applicationSecret.count({ where: own });
}

export async function deleteSecret(tx: Tx, application: Application, id: string): Promise<void> {
  await tx.applicationSecret.deleteMany({
    where: { id, applicationId: application.id, projectId: application.projectId },
  });
}

/** Records the use of a secret unless one after `notSince` is recorded. */
export async function writeSecretUse(id: string, now: Date, notSince: Date): Promise<void> {
  await (await db()).applicationSecret.updateMany({
    where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: notSince } }] },
    data: { lastUsedAt: now },
  });
}
