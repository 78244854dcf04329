/**
 * The part of a generated client that is the same for every project, as TypeScript text: the command line is one bundle,
 * which has no source files to copy. `client.test.ts` compiles it strictly.
 */
export const RUNTIME = String.raw`
export type ClientOptions = {
  /** The origin of the project, such as https://id.example.com. */
  origin: string;
  clientId: string;
  clientSecret: string;
  /** As the API credential was created; default: client_secret_basic. */
  authMethod?: 'client_secret_basic' | 'client_secret_post';
  /** Scopes to request; default: all scopes of the API credential. */
  scopes?: readonly string[];
  /** How often a call is repeated after 429, 503 or a lost connection; default 3. */
  maxRetries?: number;
  /** Replaces the global fetch. */
  fetch?: typeof globalThis.fetch;
};

export type ReadOptions = { signal?: AbortSignal };
export type WriteOptions = ReadOptions & {
  /** Refuse the change with 412 unless the resource is unchanged: its ETag, or the object that a call returned. */
  ifMatch?: string | object;
  /** For POST; default: a random key, so that a repeated call takes effect once. */
  idempotencyKey?: string;
  /** Return what the call would do, and change nothing. */
  dryRun?: boolean;
};
export type Query = Record<string, string | number | boolean | readonly (string | number)[] | undefined>;

export type Violation = { pointer: string; message: string };

/** A refusal of the server. */
export class SignetError extends Error {
  override readonly name = 'SignetError';
  constructor(
    /** The HTTP status. */
    readonly status: number,
    /** What is wrong, for developers. */
    readonly reason: string,
    /** The invalid values, by JSON Pointer. */
    readonly violations: readonly Violation[],
    /** As in the server's log. */
    readonly requestId: string | null,
    /** When to try again. */
    readonly retryAfterSeconds: number | null,
  ) {
    super(String(status) + ': ' + reason);
  }
}

const etags = new WeakMap<object, string>();

/** The ETag with which a call returned this object. */
export function etagOf(value: object): string | undefined {
  return etags.get(value);
}

type Send = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  query?: Query | undefined;
  body?: unknown;
  options?: WriteOptions | undefined;
};
type Token = { value: string; expiresAt: number };

/** A token is renewed this long before it expires. */
const RENEWAL_MILLIS = 30_000;
const MAX_WAIT_MILLIS = 60_000;
const MAX_CHANGE_TRIES = 5;

class Connection {
  readonly #options: ClientOptions;
  #token: Promise<Token> | undefined;

  constructor(options: ClientOptions) {
    this.#options = { ...options, origin: options.origin.replace(/\/+$/, '') };
  }

  async send<T>(call: Send): Promise<T> {
    return (await this.exchange<T>(call)).value;
  }

  /** Items of all pages. */
  async *each<Item>(call: Send): AsyncGenerator<Item, void, undefined> {
    let next: URLSearchParams | null = null;
    do {
      const query: Query = next ? toQuery(next) : { page_size: 250, ...call.query };
      const { value, headers }: { value: Item[]; headers: Headers } = await this.exchange<Item[]>({ ...call, query });
      yield* value;
      next = nextPage(headers.get('link'));
    } while (next);
  }

  async exchange<T>(call: Send): Promise<{ value: T; headers: Headers }> {
    const { maxRetries = 3 } = this.#options;
    const key = call.options?.idempotencyKey ?? (call.method === 'POST' ? crypto.randomUUID() : undefined);
    let isRenewed = false;
    for (let tries = 0; ; tries++) {
      const token = await this.#currentToken();
      let response: Response;
      try {
        response = await this.#fetch(call, token.value, key);
      } catch (error) {
        // The server may have carried out a PATCH whose response was lost.
        if (tries >= maxRetries || call.method === 'PATCH' || call.options?.signal?.aborted === true) throw error;
        await pause(backOff(tries), call.options?.signal);
        continue;
      }
      if (response.ok) return { value: await valueOf<T>(response), headers: response.headers };
      if (response.status === 401 && !isRenewed) {
        isRenewed = true;
        this.#token = undefined;
        continue;
      }
      const error = await refusalOf(response);
      const isTemporary = response.status === 429 || response.status === 503;
      if (!isTemporary || tries >= maxRetries) throw error;
      const { retryAfterSeconds } = error;
      const wait = retryAfterSeconds === null ? backOff(tries) : retryAfterSeconds * 1000;
      if (wait > MAX_WAIT_MILLIS) throw error;
      await pause(wait, call.options?.signal);
    }
  }

  #fetch({ method, path, query, body, options = {} }: Send, token: string, key: string | undefined): Promise<Response> {
    const { origin, fetch = globalThis.fetch } = this.#options;
    const search = toSearch({ ...query, ...(options.dryRun === true && { dry_run: true }) });
    const { ifMatch, signal } = options;
    const etag = typeof ifMatch === 'object' ? etagOf(ifMatch) : ifMatch;
    if (ifMatch !== undefined && etag === undefined) throw new TypeError('ifMatch: this object was not returned with an ETag');
    return fetch(origin + path + search, {
      method,
      headers: {
        accept: 'application/json',
        authorization: 'Bearer ' + token,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
        ...(etag !== undefined && { 'if-match': etag }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
      redirect: 'error',
    });
  }

  /** Concurrent calls share one request for a token. */
  async #currentToken(): Promise<Token> {
    this.#token ??= this.#requestToken();
    const asked = this.#token;
    try {
      const token = await asked;
      if (Date.now() < token.expiresAt - RENEWAL_MILLIS) return token;
    } catch (error) {
      if (this.#token === asked) this.#token = undefined;
      throw error;
    }
    if (this.#token === asked) this.#token = this.#requestToken();
    return this.#token;
  }

  async #requestToken(): Promise<Token> {
    const { origin, clientId, clientSecret, authMethod, scopes, fetch = globalThis.fetch, maxRetries = 3 } = this.#options;
    const form = new URLSearchParams({ grant_type: 'client_credentials', audience: origin + '/admin' });
    form.set('scope', scopes ? scopes.join(' ') : 'openid');
    const headers: Record<string, string> = { accept: 'application/json' };
    if (authMethod === 'client_secret_post') {
      form.set('client_id', clientId);
      form.set('client_secret', clientSecret);
    } else {
      headers.authorization = 'Basic ' + btoa(encodeURIComponent(clientId) + ':' + encodeURIComponent(clientSecret));
    }
    for (let tries = 0; ; tries++) {
      const askedAt = Date.now();
      const response = await fetch(origin + '/oauth2/token', { method: 'POST', headers, body: form, redirect: 'error' });
      if (response.ok) {
        const granted = (await response.json()) as { access_token: string; expires_in: number };
        return { value: granted.access_token, expiresAt: askedAt + granted.expires_in * 1000 };
      }
      const error = await refusalOf(response);
      const wait = error.retryAfterSeconds === null ? backOff(tries) : error.retryAfterSeconds * 1000;
      const isTemporary = response.status === 429 || response.status === 503;
      if (!isTemporary || tries >= maxRetries || wait > MAX_WAIT_MILLIS) throw error;
      await pause(wait);
    }
  }
}

async function valueOf<T>(response: Response): Promise<T> {
  const text = await response.text();
  const value: unknown = text === '' ? undefined : JSON.parse(text);
  const etag = response.headers.get('etag');
  if (etag !== null && typeof value === 'object' && value !== null) etags.set(value, etag);
  return value as T;
}

async function refusalOf(response: Response): Promise<SignetError> {
  const text = await response.text();
  let reason = response.statusText;
  let violations: readonly Violation[] = [];
  try {
    const { error, error_description: description } = JSON.parse(text);
    reason = description ?? error.reason ?? error.message ?? String(error);
    violations = error.details?.violations ?? [];
  } catch {
    // not an answer of Signet, but of a proxy before it
  }
  const after = Number(response.headers.get('retry-after') ?? Number.NaN);
  const retryAfter = Number.isFinite(after) ? after : null;
  return new SignetError(response.status, reason, violations, response.headers.get('x-request-id'), retryAfter);
}

function toSearch(query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  const text = search.toString();
  return text === '' ? '' : '?' + text;
}

function toQuery(search: URLSearchParams): Query {
  return Object.fromEntries([...new Set(search.keys())].map((name) => [name, search.getAll(name)]));
}

/** The query of rel="next" (RFC 8288). Only the query: the token goes to the configured origin alone. */
function nextPage(link: string | null): URLSearchParams | null {
  const target = /<([^>]*)>;\s*rel="?next"?/.exec(link ?? '')?.[1];
  return target === undefined ? null : new URLSearchParams(target.split('?')[1] ?? '');
}

/** Jittered. */
function backOff(tries: number): number {
  return 250 * 2 ** tries * (0.5 + Math.random());
}

function pause(millis: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, millis);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
`;
