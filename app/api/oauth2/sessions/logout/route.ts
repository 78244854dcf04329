import { signOutPath } from '@/app/(auth)/login/paths';
import { isNoNavigation, navigationRoute, type PersonRequest, seeOther } from '@/app/api/navigation-route';
import { type Form, readForm, readQuery } from '@/lib/api/form';
import { resource } from '@/lib/api/resource';
import { judgeLogout, type LogoutRequest } from '@/lib/grant/service';
import type { Answer } from '@/lib/http/answer';
import type { ApiRequest } from '@/lib/http/request';
import { AppError } from '@/lib/platform/errors';
import { endCurrentSession } from '@/lib/session/service';
import { cookieSettings, sessionCookieName } from '@/lib/web/session-cookie';

const FORM = { limit: 64 * 1024 };
const NAMES = ['id_token_hint', 'client_id', 'post_logout_redirect_uri', 'state', 'ui_locales', 'logout_hint'] as const;

/**
 * RP-Initiated Logout §2. Signs out at once only with an ID token that names the signed-in person; otherwise a page asks.
 * A POST from another site comes without the session's cookie (`SameSite=Lax`), so it continues as a GET.
 */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: navigationRoute('GET /oauth2/sessions/logout', async (asked) => {
    if (isNoNavigation(asked.request)) throw new AppError('invalid_input', { reason: 'This is not a navigation' });
    return answer(asked, toLogoutRequest(readQuery(asked.request)));
  }),
  POST: navigationRoute('POST /oauth2/sessions/logout', async ({ request }) => {
    if (!hasBody(request)) return seeOther('/oauth2/sessions/logout');
    const form = await readForm(request, FORM);
    const sent = NAMES.flatMap((name): [string, string][] => {
      const value = form.get(name);
      return value === undefined ? [] : [[name, value]];
    });
    return seeOther(`/oauth2/sessions/logout?${new URLSearchParams(sent)}`);
  }),
});

async function answer({ context, jar, findProof }: PersonRequest, sent: LogoutRequest): Promise<Answer> {
  const proof = await findProof();
  const verdict = await judgeLogout(context, sent, proof?.identity.id ?? null);
  const { kind, application, redirectTo, hasHint, isValid } = verdict;
  if (kind === 'sign_out' && proof) {
    await endCurrentSession(proof);
    jar.set(sessionCookieName(context), '', { ...cookieSettings(context), maxAge: 0 });
    return seeOther(redirectTo ?? '/login?notice=signed-out');
  }
  if (kind === 'signed_out' && hasHint && redirectTo !== null) return seeOther(redirectTo);
  const { postLogoutRedirectUri, state } = sent;
  const kept = isValid ? { clientId: application?.clientId, postLogoutRedirectUri, state } : {};
  return seeOther(signOutPath(kept, isValid ? undefined : 'invalid'));
}

/** All parameters are optional (RP-Initiated Logout §2). */
function hasBody({ headers }: ApiRequest): boolean {
  return headers.get('transfer-encoding') !== null || Number(headers.get('content-length') ?? 0) > 0;
}

function toLogoutRequest(form: Form): LogoutRequest {
  return {
    idTokenHint: form.get('id_token_hint'),
    clientId: form.get('client_id'),
    postLogoutRedirectUri: form.get('post_logout_redirect_uri'),
    state: form.get('state'),
  };
}
