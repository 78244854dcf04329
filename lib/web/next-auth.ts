import { type Cookies, parseCookie } from 'cookie';
import NextAuth, { type NextAuthOptions } from 'next-auth';
import { decode, encode } from 'next-auth/jwt';
import { emailOf } from '@/lib/identity/model';
import { displayName } from '@/lib/identity/model/name';
import { AppError } from '@/lib/platform/errors';
import { isUuid } from '@/lib/platform/ids';
import { errorFields, log } from '@/lib/platform/log';
import { deriveKey } from '@/lib/platform/secret';
import type { SessionProof } from '@/lib/session/model';
import { endCurrentSession } from '@/lib/session/service';
import { readText } from '../http/body';
import type { RequestContext } from '../http/context';
import { toLocalPath } from './local-path';

/**
 * The adapter to next-auth. Our own code authenticates people. next-auth provides the cookie, which holds the session
 * ID and nothing else, and its endpoints below /api/auth for programs that know them. Every read checks the session's
 * row.
 */
export type CookieSettings = {
  httpOnly: true;
  sameSite: 'lax';
  path: '/';
  secure: boolean;
};

type Place = Pick<RequestContext, 'projectId' | 'origin'>;

/** One name per project, so that projects on sibling hosts or ports never read each other's cookie. */
export function sessionCookieName(place: Place): string {
  return cookieName(place, `signet_session_${place.projectId.slice(-8)}`);
}

/** RFC 6265bis §4.1.3.2: with `__Host-`, no sibling host can set it. Browsers accept the prefix over https only. */
export function cookieName({ origin }: Pick<Place, 'origin'>, name: string): string {
  return origin.startsWith('https:') ? `__Host-${name}` : name;
}

/** `Lax`, so that people who follow a link in a mail are signed in. */
export function cookieSettings({ origin }: Pick<Place, 'origin'>): CookieSettings {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: origin.startsWith('https:') };
}

/** The session cookie's value: encrypted by next-auth, bound to the project, expires with the session. */
export function encodeSessionId(place: Place, sessionId: string, expiresAt: Date): Promise<string> {
  const maxAge = Math.max(1, Math.floor((expiresAt.getTime() - Date.now()) / 1000));
  return encode({ token: { sid: sessionId }, maxAge, ...keyOf(place) });
}

/** The session ID, or null unless we issued the value for this project and it has not expired. */
export async function decodeSessionId(place: Place, value: string | undefined): Promise<string | null> {
  const token = await decodeToken(place, value);
  return typeof token?.sid === 'string' && isUuid(token.sid) ? token.sid : null;
}

const MAX_COOKIE_LENGTH = 4096;

async function decodeToken(place: Place, value: string | undefined) {
  if (!value || value.length > MAX_COOKIE_LENGTH) return null;
  try {
    return await decode({ token: value, ...keyOf(place) });
  } catch {
    return null; // changed, expired, of another project or another SIGNET_SECRET
  }
}

function keyOf({ projectId }: Pick<Place, 'projectId'>) {
  return { secret: deriveKey('cookie').toString('base64url'), salt: projectId };
}

const ACTIONS = ['session', 'csrf', 'signin', 'signout', 'providers'] as const;
const MAX_BODY_BYTES = 16 * 1024;

/**
 * Serves one of next-auth's endpoints. The caller has read `proof`, so a database failure never looks like "signed
 * out". Refuses: `not_found` for the endpoints that only providers need, `forbidden` for a POST from another origin.
 */
export async function serveNextAuth(
  request: Request,
  path: string[],
  context: RequestContext,
  proof: SessionProof | null,
): Promise<Response> {
  const [action = ''] = path;
  if (path.length !== 1 || !ACTIONS.some((known) => known === action)) throw new AppError('not_found');
  if (request.method === 'POST' && request.headers.get('origin') !== context.origin) throw new AppError('forbidden');
  const failures: unknown[] = [];
  const answer = new Answer(context.origin);
  await NextAuth(
    (await toPagesRequest(request, path)) as never,
    answer as never,
    optionsFor(context, proof, (error) => failures.push(error)),
  );
  if (failures.length > 0) throw failures[0];
  return answer.toResponse();
}

function optionsFor(
  context: RequestContext,
  proof: SessionProof | null,
  onFailure: (error: unknown) => void,
): NextAuthOptions {
  const options = cookieSettings(context);
  const named = (name: string) => ({ name: cookieName(context, `${name}_${context.projectId.slice(-8)}`), options });
  const expiresAt = proof?.session.expiresAt ?? new Date();
  return {
    secret: keyOf(context).secret,
    useSecureCookies: options.secure,
    cookies: {
      sessionToken: named('signet_session'),
      csrfToken: named('signet_csrf'),
      callbackUrl: named('signet_callback'),
    },
    providers: [],
    session: { strategy: 'jwt', maxAge: Math.max(1, Math.floor((expiresAt.getTime() - Date.now()) / 1000)) },
    jwt: {
      encode: () => encodeSessionId(context, proof?.session.id ?? '', expiresAt),
      decode: ({ token }) => decodeToken(context, token),
    },
    pages: { signIn: '/login', signOut: '/profile', error: '/login', verifyRequest: '/login' },
    callbacks: {
      redirect: ({ url }) => toProjectUrl(context.origin, url),
      jwt: ({ token }) => {
        if (!proof) throw new SignedOut(); // next-auth then returns {} and removes the cookie
        return token;
      },
      session: ({ session }) => ({
        ...session,
        expires: expiresAt.toISOString(),
        user: proof ? { id: proof.identity.id, name: displayName(proof.identity), email: emailOf(proof.identity) } : {},
      }),
    },
    events: {
      signOut: async () => {
        if (proof) await endCurrentSession(proof).catch(onFailure);
      },
    },
    logger: {
      error: (code, metadata) => {
        const error = metadata instanceof Error ? metadata : metadata?.error;
        if (!(error instanceof SignedOut))
          log.error('next-auth', { request_id: context.requestId, code, ...errorFields(error) });
      },
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}

class SignedOut extends Error {}

/** The request as next-auth's Pages Router handler reads it: it uses these members only. */
async function toPagesRequest(request: Request, path: string[]) {
  const url = new URL(request.url);
  return {
    method: request.method,
    headers: Object.fromEntries(request.headers),
    query: { ...Object.fromEntries(url.searchParams), nextauth: path },
    cookies: readCookies(request),
    body: request.method === 'POST' ? Object.fromEntries(await readFields(request)) : undefined,
  };
}

async function readFields(request: Request): Promise<Array<[string, string]>> {
  const text = await readText(request, MAX_BODY_BYTES);
  if (!request.headers.get('content-type')?.includes('application/json')) return [...new URLSearchParams(text)];
  try {
    const value: unknown = JSON.parse(text || '{}');
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    return entries.map(([name, field]) => [name, String(field)]);
  } catch (cause) {
    throw new AppError('invalid_input', { reason: 'The body is not valid JSON', cause });
  }
}

/**
 * RFC 6265 §4.2.1. Of several cookies with one name the last counts, as on pages (Next): both act on the same session.
 * The package takes the first one.
 */
export function readCookies(request: Request): Cookies {
  const pairs = (request.headers.get('cookie') ?? '').split(';');
  return parseCookie(pairs.reverse().join(';'));
}

/**
 * The response for the same handler. next-auth knows one URL per process; every redirect is rewritten to the project's
 * origin.
 */
class Answer {
  #status = 200;
  #body: string | null = null;
  readonly #headers = new Headers({ 'cache-control': 'private, no-store' });

  constructor(private readonly origin: string) {}

  status(code: number): this {
    this.#status = code;
    return this;
  }

  getHeader(name: string): string[] | undefined {
    return name.toLowerCase() === 'set-cookie' ? this.#headers.getSetCookie() : undefined;
  }

  setHeader(name: string, value: string | string[]): this {
    this.#headers.delete(name);
    for (const one of [value].flat()) {
      this.#headers.append(name, name.toLowerCase() === 'location' ? toProjectUrl(this.origin, one) : one);
    }
    return this;
  }

  json(body: { url?: unknown }): void {
    this.#headers.set('content-type', 'application/json');
    const url = typeof body.url === 'string' ? toProjectUrl(this.origin, body.url) : body.url;
    this.#body = JSON.stringify({ ...body, url });
  }

  send(body: unknown): void {
    this.#body = typeof body === 'string' ? body : JSON.stringify(body ?? {});
  }

  end(): void {
    this.#body = null;
  }

  toResponse(): Response {
    return new Response(this.#body, { status: this.#status, headers: this.#headers });
  }
}

/** A URL on the project's own origin; the start page for a URL on any other. */
function toProjectUrl(origin: string, url: string): string {
  const local = toLocalPath(url);
  if (local) return origin + local;
  if (!URL.canParse(url)) return `${origin}/`;
  const { origin: given, pathname, search } = new URL(url);
  const isOwn = given === origin || pathname.startsWith('/api/auth/');
  return isOwn && toLocalPath(pathname + search) ? origin + pathname + search : `${origin}/`;
}
