import { stringifySetCookie } from 'cookie';
import { emailOf } from '@/lib/identity/model';
import { displayName } from '@/lib/identity/model/name';
import { createCsrfPair, isCsrfPair } from '@/lib/platform/next-auth-token';
import { type Answer, json } from '../http/answer';
import type { RequestContext } from '../http/context';
import { type ApiRequest, queryOf } from '../http/request';
import { toProjectUrl } from './project-url';
import { type Proof, readProof } from './proof';
import {
  cookieSettings,
  encodeSessionId,
  projectCookieName,
  readCookies,
  secondsUntil,
  sessionCookieName,
} from './session-cookie';

/**
 * `GET /api/auth/session` as next-auth answers it, without next-auth: the person's ID, name and address with the end of
 * the session, or `{}`. Renews the cookie, or removes that of an ended session, and sets next-auth's other cookies for
 * browsers that have none.
 */
export async function answerSession(context: RequestContext, request: ApiRequest): Promise<Answer> {
  const cookies = readCookies(request);
  const value = cookies[sessionCookieName(context)];
  const proof = await readProof(context, value);
  const answer = json(proof ? describe(proof) : {}, UNCACHED);
  const wanted = queryOf(request).get('callbackUrl') ?? undefined;
  const others = [csrfCookie(context, cookies), callbackCookie(context, cookies, wanted)];
  return withCookies(answer, [...others, value ? sessionCookie(context, proof) : null]);
}

const UNCACHED = { 'cache-control': 'private, no-cache, no-store', pragma: 'no-cache', expires: '0' };

function withCookies(answer: Answer, cookies: Array<string | null>): Answer {
  return { ...answer, cookies: cookies.filter((cookie) => cookie !== null) };
}

function describe({ identity, session }: Proof) {
  const user = { id: identity.id, name: displayName(identity), email: emailOf(identity) };
  return { user, expires: session.expiresAt.toISOString() };
}

function sessionCookie(context: RequestContext, proof: Proof | null): string {
  const name = sessionCookieName(context);
  const settings = cookieSettings(context);
  if (!proof) return stringifySetCookie(name, '', { ...settings, maxAge: 0 });
  const { id, expiresAt } = proof.session;
  const expires = new Date(Date.now() + secondsUntil(expiresAt) * 1000);
  return stringifySetCookie(name, encodeSessionId(context, id, expiresAt), { ...settings, expires });
}

type Cookies = ReturnType<typeof readCookies>;

function csrfCookie(context: RequestContext, cookies: Cookies): string | null {
  const name = projectCookieName(context, 'signet_csrf');
  const current = cookies[name];
  if (current && isCsrfPair(current)) return null;
  return stringifySetCookie(name, createCsrfPair(), cookieSettings(context));
}

/** Where `signout` leads: the URL of the query, else of the cookie, else the origin. */
function callbackCookie(context: RequestContext, cookies: Cookies, wanted: string | undefined): string | null {
  const name = projectCookieName(context, 'signet_callback');
  const current = cookies[name];
  const given = wanted || current;
  const url = given ? toProjectUrl(context.origin, given) : context.origin;
  return url === current ? null : stringifySetCookie(name, url, cookieSettings(context));
}
