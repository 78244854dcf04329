import type { FieldChanges } from '@/lib/audit/model';
import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { ConcurrentUpdateError, type Tx } from '@/lib/platform/db/transaction';
import { etagMatches } from '@/lib/platform/entity-tag';
import { AppError } from '@/lib/platform/errors';
import { invalidInput } from '@/lib/platform/input';
import type { JsonObject } from '@/lib/platform/json';
import { adminAudience } from '@/lib/project/model/origin';
import { getProject } from '@/lib/project/service';
import {
  type AllowedGroup,
  type Application,
  type ApplicationKind,
  type ApplicationSettings,
  inOrder,
  toEtag,
} from '../model';
import { settingsFaults, toViolations } from '../model/validate';
import * as rows from '../repository';
import { getApplication } from './get';

/** `ifMatch` and `ifNoneMatch` as sent; null or absent: none. `tx`: writes as part of that transaction. */
export type WriteOptions = { ifMatch?: string | null; ifNoneMatch?: string | null; tx?: Tx | undefined };

/** The application for a write. Refuses: `not_found`, `precondition_failed`. */
export async function getForWrite(
  tx: Tx,
  actor: Actor,
  clientId: string,
  { ifMatch, ifNoneMatch }: WriteOptions,
): Promise<Application> {
  const application = await getApplication(actor.projectId, clientId, tx);
  const etag = toEtag(application);
  const isMatched = typeof ifMatch !== 'string' || etagMatches(etag, ifMatch, { weakly: false });
  const isOther = typeof ifNoneMatch !== 'string' || !etagMatches(etag, ifNoneMatch, { weakly: true });
  if (!isMatched || !isOther) throw new AppError('precondition_failed');
  return application;
}

/** Writes a change with its event. `before` and `after` are what the log shows. */
export async function writeChange(
  tx: Tx,
  actor: Actor,
  [before, after]: [Application, Application],
  type: 'application.updated' | 'application.disabled' | 'application.enabled',
  changes?: FieldChanges,
): Promise<Application> {
  const changed = { ...after, version: before.version + 1, updatedAt: new Date() };
  if (!(await rows.updateApplicationRow(tx, before, changed))) throw new ConcurrentUpdateError();
  await recordEvent(tx, actor, { type, details: { ...subjectOf(changed), ...(changes && { changes }) } });
  return changed;
}

/** Names the application in the details of every event about it. */
export function subjectOf({ clientId, name }: Pick<Application, 'clientId' | 'name'>): {
  client_id: string;
  name: string;
} {
  return { client_id: clientId, name };
}

/** The fields recorded in the audit log. Null as `allowed_groups`: everybody. */
export function toAuditFields(application: Application, groups: readonly AllowedGroup[]): JsonObject {
  return {
    name: application.name,
    redirect_uris: application.redirectUris,
    post_logout_redirect_uris: application.postLogoutRedirectUris,
    backchannel_logout_uri: application.logoutUri,
    client_uri: application.launchUrl,
    logo: application.logoHash,
    scopes: application.scopes,
    audiences: application.audiences,
    skip_consent: application.consent === 'skip',
    allowed_groups: application.access === 'everybody' ? null : groups.map(({ name }) => name),
    require_pkce: application.requiresPkce,
    access_token_seconds: application.accessTokenSeconds,
    refresh_idle_seconds: application.refreshIdleSeconds,
    refresh_lifetime_seconds: application.refreshLifetimeSeconds,
  };
}

/**
 * The settings in the form that is stored. Refuses: `invalid_input` with every violation, also for an audience of
 * Signet itself: an application's token must never reach the admin API.
 */
export async function requireUsable<Settings extends Partial<ApplicationSettings>>(
  tx: Tx,
  projectId: string,
  kind: ApplicationKind,
  settings: Settings,
): Promise<Settings> {
  const { name, scopes, launchUrl, logoutUri, groupIds } = settings;
  const wanted = {
    ...settings,
    ...(name !== undefined && { name: name.trim() }),
    ...(scopes && { scopes: inOrder(scopes) }),
    ...(launchUrl !== undefined && { launchUrl: launchUrl?.trim() || null }),
    ...(logoutUri !== undefined && { logoutUri: logoutUri?.trim() || null }),
    ...(groupIds && { groupIds: [...new Set(groupIds)] }),
  };
  const violations = toViolations(settingsFaults(kind, wanted));
  if (violations.length > 0) throw invalidInput(violations.map(({ message }) => message).join('; '), violations);
  const { origin } = await getProject(projectId, tx);
  const own = wanted.audiences?.indexOf(adminAudience(origin)) ?? -1;
  if (own >= 0)
    throw invalidInput('An application may have no access to the admin API', [
      { pointer: `/audiences/${own}`, message: 'is the admin API', keyword: 'admin' },
    ]);
  return wanted;
}
