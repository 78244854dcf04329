import { db } from '@/lib/platform/db/client';
import { withList } from '@/lib/platform/db/list-parameter';
import { all, first, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import { type FleetNumbers, fleetNumbers, type InvitationStanding } from '../model/fleet';

/** Passkeys of other relying parties sign in nowhere and do not count. */
const OF_RP = 'FROM "Passkey" p WHERE p."identityId" = i.id AND p."rpId" = $2';
const PEOPLE = `SELECT m.id, count(k.id) AS passkeys,
    count(CASE WHEN k."isBackedUp" THEN 1 END) AS synced,
    CASE WHEN EXISTS (SELECT 1 FROM "VerifiableAddress" a WHERE a."identityId" = m.id) THEN 1 ELSE 0 END AS mailable,
    CASE WHEN EXISTS (SELECT 1 FROM "Operator" o WHERE o."identityId" = m.id) THEN 1 ELSE 0 END AS operator,
    CASE WHEN $5 = 1 AND EXISTS (SELECT 1 FROM "Identifier" d WHERE d."identityId" = m.id) AND EXISTS (
      SELECT 1 FROM "RecoveryCode" r
      WHERE r."identityId" = m.id AND r."revocationEpoch" = m."revocationEpoch" AND r."usedAt" IS NULL
    ) THEN 1 ELSE 0 END AS coded
  FROM (
    SELECT id, "revocationEpoch" FROM "Identity"
    WHERE "projectId" = $1 AND state = 'active' AND "deletionDueAt" IS NULL AND id > $3 ORDER BY id LIMIT $4
  ) m LEFT JOIN "Passkey" k ON k."identityId" = m.id AND k."rpId" = $2
  GROUP BY m.id, m."revocationEpoch"`;
type Counted = FleetNumbers & { last: string | null; read: number };
const COUNT = statement<Counted>(
  'passkey.count_fleet',
  `SELECT count(*) AS read, max(h.id) AS last, count(*) AS people,
     count(CASE WHEN h.passkeys = 0 THEN 1 END) AS without,
     count(CASE WHEN h.passkeys = 1 AND h.synced = 0 THEN 1 END) AS "oneDevice",
     count(CASE WHEN h.passkeys = 1 AND h.synced = 1 THEN 1 END) AS "oneSynced",
     count(CASE WHEN h.passkeys > 1 THEN 1 END) AS several,
     count(CASE WHEN h.synced > 0 THEN 1 END) AS synced,
     count(CASE WHEN h.passkeys = 1 AND h.synced = 0 AND h.mailable = 0 AND h.coded = 0 THEN 1 END) AS "lockedOut",
     count(CASE WHEN h.passkeys = 1 AND h.synced = 0 AND h.operator = 1 THEN 1 END) AS operators
   FROM (${PEOPLE}) h`,
);

/**
 * Counts the next `limit` active people after an ID; fewer were `read` at the end. Without those who deleted their account.
 * `hasCodes`: recovery codes sign in.
 */
export async function countFleetStep(
  { projectId, rpId, hasCodes }: { projectId: string; rpId: string; hasCodes: boolean },
  after: string,
  limit: number,
): Promise<Counted> {
  const row = await first(COUNT, [projectId, rpId, after, limit, hasCodes ? 1 : 0]);
  return row ?? { ...fleetNumbers(), last: null, read: 0 };
}

export async function findFleet(projectId: string): Promise<{ numbers: FleetNumbers; countedAt: Date } | null> {
  const row = await (await db()).passkeyFleet.findUnique({ where: { projectId } });
  return row?.countedAt
    ? { numbers: { ...fleetNumbers(), ...JSON.parse(row.numbers) }, countedAt: row.countedAt }
    : null;
}

/** Projects counted since. */
export async function listCountedSince(time: Date): Promise<string[]> {
  const counted = await (await db()).passkeyFleet.findMany({
    where: { countedAt: { gte: time } },
    select: { projectId: true },
  });
  return counted.map(({ projectId }) => projectId);
}

export async function upsertFleet(projectId: string, numbers: FleetNumbers, countedAt: Date): Promise<void> {
  const data = { numbers: JSON.stringify(numbers), countedAt };
  await (await db()).passkeyFleet.upsert({ where: { projectId }, create: { projectId, ...data }, update: data });
}

type StandingRow = {
  id: string;
  state: string;
  deletionDueAt: Date | null;
  passkeyInvitedAt: Date | null;
  passkeys: number;
  synced: number;
  verified: number;
};
const STANDING = statement<StandingRow>(
  'passkey.invitation_standing',
  withList(
    (inList) => `SELECT i.id, i.state, i."deletionDueAt", i."passkeyInvitedAt", (SELECT count(*) ${OF_RP}) AS passkeys,
       (SELECT count(*) ${OF_RP} AND p."isBackedUp") AS synced,
       (SELECT count(*) FROM "VerifiableAddress" a WHERE a."identityId" = i.id AND a.verified) AS verified
     FROM "Identity" i WHERE i."projectId" = $1 AND ${inList('i.id', 3)}`,
  ),
);

/** What decides whether these are invited to add a passkey. */
export async function listInvitationStandings(
  projectId: string,
  rpId: string,
  ids: string[],
  tx?: Tx,
): Promise<InvitationStanding[]> {
  const rows = await all(STANDING, [projectId, rpId, JSON.stringify(ids)], tx);
  return rows.map(({ state, deletionDueAt, passkeyInvitedAt, passkeys, synced, verified }) => ({
    isActive: state === 'active' && deletionDueAt === null,
    invitedAt: passkeyInvitedAt,
    passkeys,
    synced,
    isVerified: verified > 0,
  }));
}
