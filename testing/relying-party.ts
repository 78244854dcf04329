import { request as httpRequest } from 'node:http';
import { FOR_BROWSERS, RESOURCES } from '@/app/api/routes';
import type { Application } from '@/lib/application/model';
import { resumePath } from '@/lib/grant/model';
import { answerConsent } from '@/lib/grant/service';
import { hmac } from '@/lib/platform/secret';
import type { SessionMethod, SessionProof } from '@/lib/session/model';
import { encodeSessionId, sessionCookieName } from '@/lib/web/session-cookie';
import { startApi } from './api-server';
import { challengeOf, type Party, REDIRECT_URI, VERIFIER } from './authorization';
import { makePerson, signIn } from './people';

/** An application that signs people in, and the browser of a person, over HTTP as in production. */
export { type Party, REDIRECT_URI, registerParty, VERIFIER } from './authorization';

export type Reply = {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  /** Of a redirect. */
  location: URL | null;
  /** Parameters of the redirect's query. */
  answer: Record<string, string>;
  json: () => Record<string, unknown>;
};

type Call = {
  method?: string;
  headers?: Record<string, string>;
  form?: Record<string, string> | string[][];
  body?: string;
};
export type Provider = Awaited<ReturnType<typeof startProvider>>;

/** Serves the real routes of a project. `call` reaches it under any host. */
export async function startProvider() {
  const { origin, project, close } = await startApi(RESOURCES, FOR_BROWSERS);
  const port = Number(new URL(origin).port);
  return { origin, project, close, call: (path: string, call?: Call) => send(port, origin, path, call) };
}

function send(
  port: number,
  origin: string,
  path: string,
  { method, headers = {}, form, body }: Call = {},
): Promise<Reply> {
  const content = form ? new URLSearchParams(form).toString() : body;
  const typed = form ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
  return new Promise((resolve, reject) => {
    const all = { host: new URL(origin).host, ...typed, ...headers };
    const options = { host: '127.0.0.1', port, path, method: method ?? (content === undefined ? 'GET' : 'POST') };
    const outgoing = httpRequest({ ...options, setHost: false, headers: all }, (incoming) => {
      let text = '';
      incoming.on('data', (chunk) => (text += chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const { location: to } = incoming.headers;
        const location = to === undefined ? null : new URL(to, origin);
        resolve({
          ...{ status: incoming.statusCode ?? 0, headers: incoming.headers, text, location },
          answer: Object.fromEntries(location?.searchParams ?? []),
          json: () => JSON.parse(text),
        });
      });
    });
    outgoing.on('error', reject).end(content);
  });
}

/** A browser: keeps cookies, follows nothing. */
export class PersonBrowser {
  readonly cookies = new Map<string, string>();

  constructor(private readonly provider: Pick<Provider, 'call'>) {}

  async call(path: string, { headers = {}, ...call }: Call = {}): Promise<Reply> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const reply = await this.provider.call(path, { ...call, headers: { ...(cookie && { cookie }), ...headers } });
    for (const line of [reply.headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.cookies.set(name, value);
    }
    return reply;
  }

  /** As a sign-in by a page of Signet leaves it. */
  enter({ project, session }: SessionProof): void {
    const place = { projectId: project.id, origin: project.origin };
    this.cookies.set(sessionCookieName(place), encodeSessionId(place, session.id, session.expiresAt));
  }

  /** Hash of its nonce, as the pages read it. */
  get hash(): string {
    const nonce = [...this.cookies].find(([name]) => name.endsWith('signet_browser'))?.[1] ?? '';
    return hmac('browser', nonce);
  }
}

/** The ID of the request that a page of Signet was opened with. */
export function requestOf({ location }: Reply): string {
  const id = location?.searchParams.get('request');
  if (!id) throw new Error(`no page with a request, but ${location}`);
  return id;
}

/** The path of an authorization request; undefined leaves a parameter out. */
export function requestPath({ application }: Party, changes: Record<string, string | undefined> = {}): string {
  return `/oauth2/auth?${new URLSearchParams(requestOfParty(application, changes))}`;
}

export function requestOfParty(
  { clientId }: Pick<Application, 'clientId'>,
  changes: Record<string, string | undefined> = {},
): Record<string, string> {
  const all: Record<string, string | undefined> = {
    ...{ client_id: clientId, redirect_uri: REDIRECT_URI, response_type: 'code', scope: 'openid', state: 's t&=ä' },
    ...{ nonce: 'n-1', code_challenge: challengeOf(VERIFIER), code_challenge_method: 'S256' },
    ...changes,
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** A person in a browser in which they are signed in. */
export async function signedIn(provider: Provider, method: SessionMethod = 'passkey') {
  const browser = new PersonBrowser(provider);
  const proof = await signIn(
    provider.project,
    await makePerson(provider.project, { first: 'Ada', last: 'Lovelace' }),
    method,
  );
  browser.enter(proof);
  return { browser, proof };
}

/** The person's answer on the consent page. */
export async function consent(
  party: Party,
  { proof, browser }: { proof: SessionProof; browser: PersonBrowser },
  asked: Reply,
  isAllowed = true,
): Promise<Reply> {
  await answerConsent(proof, { id: requestOf(asked), browserHash: browser.hash, isAllowed });
  return browser.call(resume(party, asked));
}

/** Where `/login/continue` leads. */
export function resume({ application }: Party, asked: Reply): string {
  return resumePath(application.clientId, requestOf(asked));
}

/** A code, for a person who is signed in and an application that asks for no consent. */
export async function codeOf(browser: PersonBrowser, party: Party, changes: Record<string, string | undefined> = {}) {
  const { answer, status, text } = await browser.call(requestPath(party, changes));
  if (!answer.code) throw new Error(`no code: ${status} ${JSON.stringify(answer)} ${text}`);
  return answer.code;
}

/** The form by which a code is redeemed. */
export function redemption(code: string, changes: Record<string, string | undefined> = {}): Record<string, string> {
  const all: Record<string, string | undefined> = {
    ...{ grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, code_verifier: VERIFIER },
    ...changes,
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** Calls the token endpoint, by HTTP Basic, or with the client ID alone. */
export function token(provider: Pick<Provider, 'call'>, { application, secret }: Party, form: Record<string, string>) {
  const basic = Buffer.from(`${application.clientId}:${secret}`).toString('base64');
  return secret === null
    ? provider.call('/oauth2/token', { form: { client_id: application.clientId, ...form } })
    : provider.call('/oauth2/token', { form, headers: { authorization: `Basic ${basic}` } });
}

/** The claims of a JWT, unverified. */
export function claimsIn(jwt: unknown): Record<string, unknown> {
  return JSON.parse(Buffer.from(String(jwt).split('.')[1] ?? '', 'base64url').toString());
}
