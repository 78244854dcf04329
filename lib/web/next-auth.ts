import NextAuth, { type NextAuthOptions } from 'next-auth';
import { emailOf } from '@/lib/identity/model';
import { displayName } from '@/lib/identity/model/name';
import { AppError } from '@/lib/platform/errors';
import { errorFields, log } from '@/lib/platform/log';
import { cookieSecret } from '@/lib/platform/next-auth-token';
import type { SessionProof } from '@/lib/session/model';
import { endCurrentSession } from '@/lib/session/service';
import { readText } from '../http/body';
import type { RequestContext } from '../http/context';
import { toProjectUrl } from './project-url';
import {
  cookieSettings,
  decodeToken,
  encodeSessionId,
  projectCookieName,
  readCookies,
  secondsUntil,
} from './session-cookie';

/**
 * The adapter to next-auth. Our own code authenticates people and reads sessions (`session-endpoint.ts`). next-auth
 * serves its other endpoints below /api/auth for programs that know them.
 */
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
  const named = (name: string) => ({ name: projectCookieName(context, name), options });
  const expiresAt = proof?.session.expiresAt ?? new Date();
  return {
    secret: cookieSecret(),
    useSecureCookies: options.secure,
    cookies: {
      sessionToken: named('signet_session'),
      csrfToken: named('signet_csrf'),
      callbackUrl: named('signet_callback'),
    },
    providers: [],
    session: { strategy: 'jwt', maxAge: secondsUntil(expiresAt) },
    jwt: {
      encode: async () => encodeSessionId(context, proof?.session.id ?? '', expiresAt),
      decode: async ({ token }) => decodeToken(context, token),
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
