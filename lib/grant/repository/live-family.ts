import type { ApplicationSession } from '@/lib/application-session/model';
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
