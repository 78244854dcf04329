import { db } from '@/lib/platform/db/client';
import { first, run, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import type { SignInAlert } from '../model/alert';

type Holder = { projectId: string; identityId: string };
type BrowserKey = Holder & { tokenHash: string };

const TOUCH = statement(
  'session.touch_browser',
  'UPDATE "KnownBrowser" SET "lastSeenAt" = $4 WHERE "identityId" = $1 AND "tokenHash" = $2 AND "projectId" = $3',
);

/** Records a sign-in in a known browser; false if the browser is not known. */
export async function touchKnownBrowser(
  tx: Tx,
  { projectId, identityId, tokenHash }: BrowserKey,
  now: Date,
): Promise<boolean> {
  return (await run(TOUCH, [identityId, tokenHash, projectId, now], tx)) === 1;
}

const COUNT = statement<{ count: number }>(
  'session.count_browsers',
  'SELECT count(*) AS count FROM "KnownBrowser" b WHERE b."identityId" = $1 AND b."projectId" = $2',
);

export async function countKnownBrowsers(tx: Tx, { projectId, identityId }: Holder): Promise<number> {
  return (await first(COUNT, [identityId, projectId], tx))?.count ?? 0;
}

const INSERT = statement(
  'session.insert_browser',
  `INSERT INTO "KnownBrowser" ("id", "projectId", "identityId", "tokenHash", "alertId", "createdAt", "lastSeenAt")
   VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT ("identityId", "tokenHash") DO NOTHING`,
);

/** Two concurrent sign-ins in one browser insert one row. */
export async function insertKnownBrowser(
  tx: Tx,
  { projectId, identityId, tokenHash, alertId }: BrowserKey & { alertId: string | null },
  now: Date,
): Promise<void> {
  await run(INSERT, [newId(), projectId, identityId, tokenHash, alertId, now], tx);
}

/** Forgets all but the `newest` browsers of an identity by last sign-in. */
export async function deleteOldBrowsers(tx: Tx, { projectId, identityId }: Holder, newest: number): Promise<void> {
  const surplus = await tx.knownBrowser.findMany({
    where: { projectId, identityId },
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
    skip: newest,
    select: { id: true },
  });
  if (surplus.length > 0) await tx.knownBrowser.deleteMany({ where: { id: { in: surplus.map(({ id }) => id) } } });
}

/** Forgets the browsers for which an alert was mailed. */
export async function deleteAlertedBrowsers(tx: Tx, { id, projectId, identityId }: SignInAlert): Promise<void> {
  await tx.knownBrowser.deleteMany({ where: { projectId, identityId, alertId: id } });
}

export async function insertAlert(tx: Tx, alert: SignInAlert): Promise<void> {
  await tx.signInAlert.create({ data: alert });
}

/** An alert whose link still works. */
export async function findOpenAlert(
  projectId: string,
  linkHash: string,
  now: Date,
  tx?: Tx,
): Promise<SignInAlert | null> {
  return (tx ?? (await db())).signInAlert.findFirst({
    where: { projectId, linkHash, consumedAt: null, expiresAt: { gt: now } },
    omit: { consumedAt: true },
  });
}

/** True for exactly one caller. */
export async function consumeAlert(tx: Tx, { id, projectId }: SignInAlert, now: Date): Promise<boolean> {
  const where = { id, projectId, consumedAt: null, expiresAt: { gt: now } };
  return (await tx.signInAlert.updateMany({ where, data: { consumedAt: now } })).count === 1;
}

/** Removes at most `limit` browsers without a sign-in since `before`. */
export async function deleteForgottenBrowsers(before: Date, limit: number): Promise<number> {
  const { knownBrowser } = await db();
  const rows = await knownBrowser.findMany({
    where: { lastSeenAt: { lt: before } },
    select: { id: true },
    take: limit,
  });
  return rows.length === 0
    ? 0
    : (await knownBrowser.deleteMany({ where: { id: { in: rows.map(({ id }) => id) } } })).count;
}

/** Removes at most `limit` alerts that expired before `now`. */
export async function deleteExpiredAlerts(now: Date, limit: number): Promise<number> {
  const { signInAlert } = await db();
  const rows = await signInAlert.findMany({ where: { expiresAt: { lte: now } }, select: { id: true }, take: limit });
  return rows.length === 0
    ? 0
    : (await signInAlert.deleteMany({ where: { id: { in: rows.map(({ id }) => id) } } })).count;
}
