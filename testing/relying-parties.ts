import type { ApplicationSession } from '@/lib/application-session/model';
import { openApplicationSession } from '@/lib/application-session/service';
import type { Project } from '@/lib/project/model';
import type { SessionProof } from '@/lib/session/model';
import { db } from '../lib/platform/db/client';
import { transaction } from '../lib/platform/db/transaction';
import { newId } from '../lib/platform/ids';
import { decrypt, randomToken } from '../lib/platform/secret';

/** Applications with their sessions and families, written as rows: for tests of what ends them. */
export type RelyingParty = { id: string; projectId: string; clientId: string; accessTokenSeconds: number };

export const LOGOUT_URI = 'https://wiki.example.com/logout';

/** `logoutUri` receives notices; null: it has none. */
export async function makeRelyingParty(
  { id: projectId }: Pick<Project, 'id'>,
  { logoutUri = LOGOUT_URI }: { logoutUri?: string | null } = {},
): Promise<RelyingParty> {
  const now = new Date();
  const id = newId();
  const clientId = `app_${randomToken(16)}`;
  await (await db()).application.create({
    data: {
      ...{ id, projectId, clientId, name: 'Wiki', kind: 'web', logoutUri, createdAt: now, updatedAt: now },
      redirectUris: '["https://wiki.example.com/callback"]',
      postLogoutRedirectUris: '["https://wiki.example.com/bye"]',
      scopes: '["openid","profile","email","groups","offline_access"]',
    },
  });
  return { id, projectId, clientId, accessTokenSeconds: 600 };
}

/** A person signs in to an application. */
export function signInTo(application: RelyingParty, { identity, session }: SessionProof): Promise<ApplicationSession> {
  const { method, authenticatedAt } = session;
  return transaction((tx) => openApplicationSession(tx, { application, identity, session, method, authenticatedAt }));
}

/** What came of a code. Resolves to its ID. */
export async function makeFamily(
  { id: applicationSessionId, projectId }: ApplicationSession,
  { isOffline = false, scopes = ['openid', 'profile', 'email'] }: { isOffline?: boolean; scopes?: string[] } = {},
): Promise<string> {
  const id = newId();
  const now = new Date();
  const endsAt = new Date(now.getTime() + 3_600_000);
  await (await db()).tokenFamily.create({
    data: {
      ...{ id, projectId, applicationSessionId, isOffline, generation: 0, salt: 'salt', createdAt: now },
      ...{ scopes: JSON.stringify(scopes), audiences: '[]', idleEndsAt: endsAt, endsAt },
    },
  });
  return id;
}

/** Whom the queued notices of an application are about, oldest first. */
export async function noticesTo({ clientId }: RelyingParty): Promise<Array<{ sub: string; sid: string }>> {
  const rows = await (await db()).logoutNotice.findMany({ orderBy: { id: 'asc' } });
  return rows
    .map(({ id, payload }) => JSON.parse(decrypt('logout-notice', payload ?? '', id)))
    .filter((payload) => payload.clientId === clientId)
    .map(({ sub, sid }) => ({ sub, sid }));
}
