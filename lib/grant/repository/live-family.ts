import type { ApplicationSession } from '@/lib/application-session/model';
import type { ClaimRule } from '@/lib/claim/model';
import { toClaimRules } from '@/lib/claim/service';
import type { Identity } from '@/lib/identity/model';
import { IDENTITY_COLUMNS, type IdentityRow, toIdentity } from '@/lib/identity/service';
import type { DatabaseKind } from '@/lib/platform/db/client';
import { columnsOf } from '@/lib/platform/db/columns';
import { first, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import type { TokenFamily } from '../model';
import { toList } from './list';

/** A family whose tokens are good, with whom and what it is about. */
export type LiveFamily = {
  family: TokenFamily;
  applicationSession: ApplicationSession;
  application: { id: string; clientId: string };
  identity: Identity;
};

/**
 * What ends a family, each condition alone: its own end; the end of the session at the application; the end of the browser
 * session, unless it has `offline_access`; a disabled application, or one the person may no longer use; an inactive
 * identity or an incremented epoch. $1 is the project, $2 the family, $3 the current time.
 */
const LIVE = `f.id = $2 AND f."projectId" = $1 AND f."endedAt" IS NULL AND f."endsAt" > $3
  AND s."endedAt" IS NULL AND (f."isOffline" = TRUE OR s."sessionId" IS NOT NULL)
  AND a."disabledAt" IS NULL AND i.state = 'active' AND i."revocationEpoch" = s."revocationEpoch"
  AND (a.access = 'everybody' OR EXISTS (
    SELECT 1 FROM "ApplicationGroup" ag JOIN "GroupMember" gm ON gm."groupId" = ag."groupId"
    WHERE ag."applicationId" = a.id AND gm."identityId" = i.id))`;
const JOINED = `"TokenFamily" f JOIN "ApplicationSession" s ON s.id = f."applicationSessionId"
  JOIN "Application" a ON a.id = s."applicationId" JOIN "Identity" i ON i.id = s."identityId"`;

const FAMILY = `id projectId applicationSessionId scopes audiences isOffline generation salt rotatedAt idleEndsAt endsAt
  endedAt createdAt`;
const SESSION = `id projectId applicationId identityId sessionId revocationEpoch authenticatedAt method createdAt endedAt`;

type Prefixed<Prefix extends string, Row> = { [Column in keyof Row & string as `${Prefix}${Column}`]: Row[Column] };
type FamilyRow = Omit<TokenFamily, 'scopes' | 'audiences'> & { scopes: string; audiences: string };
type LiveRow = IdentityRow &
  Prefixed<'family_', FamilyRow> &
  Prefixed<'session_', ApplicationSession> & { clientId: string };

const columns = `${columnsOf('f', FAMILY, 'family_')}, ${columnsOf('s', SESSION, 'session_')}, a."clientId"`;
const liveFamily = (kind: DatabaseKind) => `SELECT ${columns}, ${IDENTITY_COLUMNS[kind]} FROM ${JOINED} WHERE ${LIVE}`;
const LIVE_FAMILY = statement<LiveRow>('grant.live_family', {
  sqlite: liveFamily('sqlite'),
  postgresql: liveFamily('postgresql'),
});

/** Null if any of its conditions has ended it. */
export async function findLiveFamily(projectId: string, familyId: string, tx?: Tx): Promise<LiveFamily | null> {
  const row = await first(LIVE_FAMILY, [projectId, familyId, new Date()], tx);
  return (
    row && {
      family: toFamily(row),
      applicationSession: toSession(row),
      application: { id: row.session_applicationId, clientId: row.clientId },
      identity: toIdentity(row),
    }
  );
}

const PARTIES = statement<{ applicationId: string; identityId: string }>(
  'grant.parties_of_family',
  `SELECT s."applicationId", s."identityId" FROM "TokenFamily" f JOIN "ApplicationSession" s ON s.id = f."applicationSessionId"
   WHERE f.id = $2 AND f."projectId" = $1`,
);

/** Whose tokens a family has, live or ended; null if there is none. */
export async function findPartiesOfFamily(
  projectId: string,
  familyId: string,
): Promise<{ applicationId: string; identityId: string } | null> {
  return first(PARTIES, [projectId, familyId]);
}

/** An access token: its family, its key and its `jti`. */
export type TokenName = { familyId: string; kid: string; jti: string };

/** $4 is the key, $5 since when it must not be retired, $6 the `jti`. */
const TRUSTED = `JOIN "SigningKey" k ON k.id = $4 AND k."projectId" = $1 AND k.state <> 'revoked'
    AND (k."retiredAt" IS NULL OR k."retiredAt" > $5)
  LEFT JOIN "RevokedToken" r ON r."projectId" = $1 AND r.jti = $6`;

const LIVE_TOKEN = statement<{ clientId: string }>(
  'grant.live_token',
  `SELECT a."clientId" FROM ${JOINED} ${TRUSTED} WHERE ${LIVE} AND r.jti IS NULL`,
);

/** Whether an access token is good here and now, beyond its signature and claims. */
export async function isLiveToken(projectId: string, name: TokenName, retiredAfter: Date): Promise<boolean> {
  return (await first(LIVE_TOKEN, valuesOf(projectId, name, retiredAfter))) !== null;
}

type PersonRow = IdentityRow & { clientId: string; claimRules: string | null; groupNames: string | null };

const person = (kind: DatabaseKind, aggregate: string) => `SELECT a."clientId",
    (SELECT m.claims FROM "ClaimMapping" m WHERE m."projectId" = i."projectId") AS "claimRules",
    (SELECT ${aggregate}(g.name) FROM "GroupMember" x JOIN "Group" g ON g.id = x."groupId"
     WHERE x."identityId" = i.id) AS "groupNames",
    ${IDENTITY_COLUMNS[kind]}
  FROM ${JOINED} ${TRUSTED} WHERE ${LIVE} AND r.jti IS NULL`;
const LIVE_PERSON = statement<PersonRow>('grant.live_person', {
  sqlite: person('sqlite', 'json_group_array'),
  postgresql: person('postgresql', 'json_agg'),
});

/** Whom a good access token is about, and what their claims are made of. */
export type TokenPerson = { clientId: string; identity: Identity; rules: ClaimRule[]; groups: string[] };

/** As `isLiveToken`, with the person; null if the token is not good. */
export async function findPersonOfToken(
  projectId: string,
  name: TokenName,
  retiredAfter: Date,
): Promise<TokenPerson | null> {
  const row = await first(LIVE_PERSON, valuesOf(projectId, name, retiredAfter));
  return (
    row && {
      clientId: row.clientId,
      identity: toIdentity(row),
      rules: toClaimRules(row.claimRules),
      groups: row.groupNames === null ? [] : toList(row.groupNames).sort(),
    }
  );
}

function valuesOf(projectId: string, { familyId, kid, jti }: TokenName, retiredAfter: Date) {
  return [projectId, familyId, new Date(), kid, retiredAfter, jti];
}

function toFamily(row: LiveRow): TokenFamily {
  return {
    id: row.family_id,
    projectId: row.family_projectId,
    applicationSessionId: row.family_applicationSessionId,
    scopes: toList(row.family_scopes),
    audiences: toList(row.family_audiences),
    isOffline: row.family_isOffline,
    generation: row.family_generation,
    salt: row.family_salt,
    rotatedAt: row.family_rotatedAt,
    idleEndsAt: row.family_idleEndsAt,
    endsAt: row.family_endsAt,
    endedAt: row.family_endedAt,
    createdAt: row.family_createdAt,
  };
}

function toSession(row: LiveRow): ApplicationSession {
  return {
    id: row.session_id,
    projectId: row.session_projectId,
    applicationId: row.session_applicationId,
    identityId: row.session_identityId,
    sessionId: row.session_sessionId,
    revocationEpoch: row.session_revocationEpoch,
    authenticatedAt: row.session_authenticatedAt,
    method: row.session_method,
    createdAt: row.session_createdAt,
    endedAt: row.session_endedAt,
  };
}
