import type { Application } from '@/lib/application/model';
import { findApplication } from '@/lib/application/service';
import { readIdTokenHint } from '@/lib/token/service';

/** The parameters of RP-Initiated Logout §2. */
export type LogoutRequest = {
  idTokenHint?: string | undefined;
  clientId?: string | undefined;
  postLogoutRedirectUri?: string | undefined;
  state?: string | undefined;
};

/** The application that asks, if it is known, and where the browser goes afterwards; null: nowhere. */
export type LogoutTarget = { application: Application | null; redirectTo: string | null };

/**
 * `sign_out`: a genuine ID token names the signed-in person. `signed_out`: no one is signed in here. `ask`: the person
 * decides. `isValid`: false if the request names what is not registered or not genuine; nothing of it is then used.
 */
export type LogoutVerdict = {
  kind: 'sign_out' | 'signed_out' | 'ask';
  isValid: boolean;
  hasHint: boolean;
} & LogoutTarget;

const NOTHING: LogoutTarget = { application: null, redirectTo: null };

/** Judges a request to sign out. `signedInId`: the identity of this browser's session, or null. */
export async function judgeLogout(
  project: { projectId: string; origin: string },
  { idTokenHint, ...sent }: LogoutRequest,
  signedInId: string | null,
): Promise<LogoutVerdict> {
  const hint = idTokenHint === undefined ? null : await readIdTokenHint(project, idTokenHint);
  const isGenuine = idTokenHint === undefined || (hint !== null && hint.aud === (sent.clientId ?? hint.aud));
  const target = isGenuine
    ? await findLogoutTarget(project.projectId, { ...sent, clientId: hint?.aud ?? sent.clientId })
    : null;
  const known = { isValid: target !== null, hasHint: hint !== null, ...(target ?? NOTHING) };
  if (signedInId === null) return { kind: 'signed_out', ...known };
  return { kind: target && hint?.sub === signedInId ? 'sign_out' : 'ask', ...known };
}

/** Null for an unregistered URI: the browser is never sent there (RP-Initiated Logout §3). */
export async function findLogoutTarget(
  projectId: string,
  { clientId, postLogoutRedirectUri: uri, state }: Omit<LogoutRequest, 'idTokenHint'>,
): Promise<LogoutTarget | null> {
  const application = clientId === undefined ? null : await findApplication(projectId, clientId);
  if (uri === undefined) return { application, redirectTo: null };
  if (!application?.postLogoutRedirectUris.includes(uri)) return null;
  const separator = uri.includes('?') ? '&' : '?';
  const redirectTo = state === undefined ? uri : `${uri}${separator}state=${encodeURIComponent(state)}`;
  return { application, redirectTo };
}
