import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, gunzip, gzip } from 'node:zlib';
import { acceptedCoding, type Coding } from '@/lib/http/coding';
import type { RequestContext } from '@/lib/http/context';
import { CONSOLE_LOCALES, LOCALE_COOKIE } from '@/lib/i18n/model';
import { negotiate } from '@/lib/i18n/negotiate';
import { isTheme, THEME_COOKIE } from '@/lib/i18n/theme';
import { BoundedCache } from '@/lib/platform/bounded-cache';
import { contentHash } from '@/lib/platform/secret';

/**
 * The API reference, which is public and the same for everyone. It is rendered and compressed once per origin,
 * appearance, language and theme; rendering it on every request would take a tenth of a second. Stored without scripts, whose nonce changes with each request: the page works without them.
 */
type CachedPage = { type: string; hash: string; br: Buffer; gzip: Buffer };

const MAX_CACHED_PAGES = 32;

export class PageCache {
  readonly #cached = new BoundedCache<CachedPage>(MAX_CACHED_PAGES);
  readonly #rendering = new Map<string, Promise<CachedPage | null>>();

  has({ method }: IncomingMessage, path: string): boolean {
    return path === '/docs' && (method === 'GET' || method === 'HEAD');
  }

  /** `render` serves the request as if nothing were cached; a 200 response is then cached. */
  async serve(
    request: IncomingMessage,
    response: ServerResponse,
    { context, policy }: { context: RequestContext; policy: string },
    render: () => Promise<void>,
  ): Promise<void> {
    const isHead = request.method === 'HEAD';
    const coding = acceptedCoding(String(request.headers['accept-encoding'] ?? ''));
    const etags = String(request.headers['if-none-match'] ?? '');
    // Next's router requests a page's parts; any other response makes it load the whole page.
    if (request.headers.rsc !== undefined) return void response.writeHead(200, { 'content-type': 'text/plain' }).end();
    const key = keyOf(request, context);
    let cached = this.#cached.get(key) ?? null;
    for (let pending = this.#rendering.get(key); pending && !cached; pending = this.#rendering.get(key))
      cached = await pending;
    if (!cached) {
      const rendering = capture(request, response, render);
      this.#rendering.set(key, rendering);
      cached = await rendering.finally(() => this.#rendering.delete(key));
      if (!cached) return; // already sent
      this.#cached.set(key, cached);
    }
    await send(response, cached, { coding, etags, isHead, policy });
  }
}

function keyOf({ headers }: IncomingMessage, context: RequestContext): string {
  const { projectId, projectName, origin, accentColor, logoHash } = context;
  const cookie = (name: string) => new RegExp(`(?:^|;\\s*)${name}=([\\w-]*)`).exec(headers.cookie ?? '')?.[1];
  const theme = cookie(THEME_COOKIE);
  const locale = negotiate(headers['accept-language'], cookie(LOCALE_COOKIE), null, CONSOLE_LOCALES);
  return JSON.stringify([projectId, projectName, origin, accentColor, logoHash, locale, isTheme(theme) ? theme : null]);
}

/** Runs `render` and captures its response. Null: it was not a success, and has been sent. */
async function capture(request: IncomingMessage, response: ServerResponse, render: () => Promise<void>) {
  const { writeHead, write, end, flushHeaders } = response;
  for (const name of ['accept-encoding', 'if-none-match', 'if-modified-since', 'range']) delete request.headers[name];
  request.method = 'GET';
  const chunks: Buffer[] = [];
  const take = (given: unknown[]) => {
    const [chunk, encoding] = given;
    if (typeof chunk === 'string')
      chunks.push(Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8'));
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
    const callback = given.find((each) => typeof each === 'function');
    if (typeof callback === 'function') process.nextTick(callback as () => void);
  };
  const ended = new Promise<boolean>((resolve, reject) => {
    response.once('close', () => resolve(false));
    response.writeHead = (status: number, ...rest: unknown[]) => {
      response.statusCode = status;
      for (const [name, value] of Object.entries(rest.at(-1) ?? {})) response.setHeader(name, String(value));
      return response;
    };
    response.flushHeaders = () => {};
    response.write = (...given: unknown[]) => {
      take(given);
      return true;
    };
    response.end = (...given: unknown[]) => {
      take(given);
      resolve(true);
      return response;
    };
    render().catch(reject);
  });
  const isComplete = await ended;
  Object.assign(response, { writeHead, write, end, flushHeaders });
  if (!isComplete) return null;
  const body = Buffer.concat(chunks);
  const type = String(response.getHeader('content-type') ?? '');
  if (response.statusCode !== 200) {
    response.writeHead(response.statusCode).end(body);
    return null;
  }
  return compress(type, type.startsWith('text/html') ? withoutScripts(body.toString()) : body);
}

function withoutScripts(html: string): Buffer {
  const plain = html
    .replace(/<script\b[^>]*>[\s\S]*?<\/script>/gi, '')
    .replace(/<link\b[^>]*\bas="script"[^>]*>/gi, '')
    // Disabled until scripts have run, which never happens here.
    .replace(/<button\b[^>]*\sdisabled=""[^>]*>[\s\S]*?<\/button>/gi, '')
    .replace(/(<[a-z][^>]*?) nonce="[^"]*"/gi, '$1');
  return Buffer.from(plain);
}

async function compress(type: string, body: Buffer): Promise<CachedPage> {
  const [br, gzipped] = await Promise.all([promisify(brotliCompress)(body), promisify(gzip)(body, { level: 9 })]);
  return { type, hash: contentHash(body), br, gzip: gzipped };
}

type Conditions = { coding: Coding | null; etags: string; isHead: boolean; policy: string };

async function send(
  response: ServerResponse,
  cached: CachedPage,
  { coding, etags, isHead, policy }: Conditions,
): Promise<void> {
  // A strong ETag: one per encoding (RFC 9110 §8.8.1).
  const etag = `"${cached.hash}${coding ? `-${coding}` : ''}"`;
  for (const name of ['content-length', 'transfer-encoding', 'link', 'set-cookie']) response.removeHeader(name);
  response.setHeader('etag', etag);
  response.setHeader('cache-control', 'private, no-cache');
  response.setHeader('vary', 'Accept-Encoding, Accept-Language, Cookie');
  response.setHeader('content-security-policy', withoutNonce(policy));
  if (etags.split(',').some((each) => [etag, '*'].includes(each.trim().replace(/^W\//, '')))) {
    response.removeHeader('content-type');
    response.writeHead(304).end();
    return;
  }
  const body = coding ? cached[coding] : await promisify(gunzip)(cached.gzip);
  response.setHeader('content-type', cached.type);
  if (coding) response.setHeader('content-encoding', coding);
  response.setHeader('content-length', body.length);
  response.writeHead(200).end(isHead ? undefined : body);
}

/** The page has no scripts, and its styles are in files. */
function withoutNonce(policy: string): string {
  return policy.replace(/script-src [^;]*/, "script-src 'none'").replace(/style-src [^;]*/, "style-src 'self'");
}
