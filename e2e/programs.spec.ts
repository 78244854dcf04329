import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect } from './fixtures';
import { type Installation, test } from './installation';

/** API requests are served before Next; each of these gets the same answer from Next. */
type Sent = { method?: string; path: string; headers?: Record<string, string>; body?: string; isChunked?: boolean };
type Answer = { status: number; headers: Record<string, string>; body: string };

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY'];
const EXTERNAL_IDS = [
  'a/b',
  '%',
  '%25',
  'a b',
  'a+b',
  'é',
  '😀',
  'a?b',
  'a#b',
  'a;b=c',
  'a\\b',
  '[id]',
  '{id}',
  'x.json',
  '__proto__',
];
const NASTY = [
  ...EXTERNAL_IDS.map(encodeURIComponent),
  ...[
    'a+b',
    'a;b=c',
    '[id]',
    '{id}',
    '%61%2Fb',
    'a%2fb',
    '%2525',
    '%252F',
    '%20',
    '%00',
    '%2F',
    'a%2F',
    '%2Fa',
    'a%2F%2Fb',
  ],
  ...['%', '%zz', '%c3%28', '%ff', '%2e', '%2e%2e', '.', '..', '...', '~', '*', "'", '(x)', '$&', '=', ':', '@', ','],
  ...[
    '%0A',
    '%7f',
    '%E2%80%AE',
    'constructor',
    'index',
    'route',
    '_next',
    'a'.repeat(3000),
    '%5Bid%5D',
    '%5B...path%5D',
  ],
];
const NAMES = [
  ...['/admin', '/admin/', '/admin/nope', '/admin/identities/', '//admin/identities', '/%61dmin/identities', '/api/'],
  ...[
    '/oauth2',
    '/oauth2/authorize',
    '/schemas/a/b',
    '/api/nope',
    '/api/admin',
    '/api/login',
    '/api/_next',
    '/api/authx',
  ],
  ...[
    '/api/admin/identities',
    '/api/well-known/jwks.json',
    '/api/.well-known/jwks.json',
    '/api/well-known',
    '/.well-known',
  ],
  ...[
    '/.well-known/nope',
    '/.well-known/openid-configuration',
    '/.well-known/webfinger',
    '/api/auth',
    '/api/auth/x/y',
    '/openapi.json/x',
  ],
  ...['/health/alive', '/api/health/alive', '/admin/identities?a=%zz'],
  ...['/schemas?page_size=1&x=%ff', '/schemas?', '/schemas?page_size=1&_rsc=1', '/api/schemas?page=0'],
];

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

function send({ origin }: Installation, { method = 'GET', path: at, headers, body, isChunked }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined || isChunked ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sending = httpRequest(origin, { agent, method, path: at, headers: { ...length, ...headers } }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => resolve(toAnswer(incoming.statusCode ?? 0, incoming.headers, Buffer.concat(chunks))));
    });
    sending.on('error', reject);
    if (isChunked) sending.setHeader('transfer-encoding', 'chunked');
    sending.end(body);
  });
}

/** Without what differs between runs, and what only Next adds. */
function toAnswer(status: number, sent: IncomingHttpHeaders, bytes: Buffer): Answer {
  const { date, 'keep-alive': _, 'content-length': length, 'transfer-encoding': coding, ...others } = sent;
  // Only the front server compresses; each coding has its own ETag.
  const { vary = '', etag = '', 'content-encoding': encoding = '', ...rest } = others;
  const decode = bytes.length > 0 ? DECODERS[encoding] : undefined;
  const plain = decode ? decode(bytes) : bytes;
  expect(date).toBeDefined();
  if (length !== undefined && bytes.length > 0) expect(Number(length)).toBe(bytes.length);
  const names = vary.split(', ').filter((name) => name !== '' && !OF_NEXT.test(name));
  const plainTag = etag.replace(/-(br|gzip)"$/, '"');
  const headers = { ...rest, etag: plainTag, ...(names.length > 0 && { vary: names.join(', ') }) };
  return {
    status,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, withoutChance(String(value))])),
    body: withoutChance(plain.toString()),
  };
}

const DECODERS: Record<string, ((bytes: Buffer) => Buffer) | undefined> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
};
const OF_NEXT = /^(rsc|next-router-(state-tree|prefetch|segment-prefetch))$/;

function withoutChance(text: string): string {
  return text
    .replaceAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, '<id>')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replaceAll(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, '<token>')
    .replaceAll(/'nonce-[^']+'/g, '<nonce>')
    .replaceAll(/"(recovery_code|iat|exp|nbf|jti)":("[^"]*"|\d+)/g, '"$1":"<chance>"')
    .replaceAll(/(token=|#|\/link\/)[\w-]{20,}/g, '$1<secret>');
}

test('API requests get the same answer from the front server as from Next', async ({ installation }) => {
  test.setTimeout(300_000);
  await installation.start();
  const requests = await requestsOf(installation);
  await installation.stop();
  const files = await databaseFiles(installation.dir);
  const saved = await Promise.all(files.map(async (file) => [file, await readFile(file)] as const));
  const answersOf = async (...args: string[]) => {
    for (const name of await databaseFiles(installation.dir)) await rm(name);
    for (const [file, bytes] of saved) await writeFile(file, bytes);
    await installation.start(undefined, {}, args);
    const answers: Answer[] = [];
    for (const request of requests) answers.push(await send(installation, request));
    await installation.stop();
    return answers;
  };
  const here = await answersOf();
  const byNext = await answersOf('--through-next');
  const differing = requests.flatMap((request, at) =>
    isDeepStrictEqual(here[at], byNext[at]) ? [] : [{ request: nameOf(request), here: here[at], byNext: byNext[at] }],
  );
  expect(differing.slice(0, 10)).toEqual([]);
  const statuses = new Set(here.map(({ status }) => status));
  for (const status of [200, 201, 204, 302, 304, 308, 400, 401, 403, 404, 405, 409, 412, 413, 415]) {
    expect(statuses, `some answer is ${status}`).toContain(status);
  }
});

/** Creates what the requests need. Every route and method of the document, then unusual names and bodies. */
async function requestsOf(installation: Installation): Promise<Sent[]> {
  const full = await tokenOf(installation, 'Full');
  const narrow = await tokenOf(installation, 'Narrow', '--scope', 'schemas:write');
  const bearer = { authorization: `Bearer ${full}` };
  const json = { ...bearer, 'content-type': 'application/json' };
  const create = (at: number, externalId?: string) => {
    const traits = { email: `person-${at}@example.com`, name: { first: 'Ada' } };
    const body = JSON.stringify({ traits, ...(externalId !== undefined && { external_id: externalId }) });
    return fetch(`${installation.origin}/admin/identities`, { method: 'POST', headers: json, body });
  };
  for (const [at, externalId] of EXTERNAL_IDS.entries()) expect((await create(at, externalId)).status).toBe(201);
  const { id } = await (await create(99)).json();
  const document = await (await fetch(`${installation.origin}/openapi.json`)).json();
  const bodies: Sent[] = [
    { path: '', body: '{"traits":' },
    { path: '', body: '' },
    { path: '', body: '[]', isChunked: true },
    { path: '', body: 'x'.repeat(1_100_000) },
    { path: '', body: 'x'.repeat(1_100_000), isChunked: true },
    { path: '', body: '{}', headers: { 'content-encoding': 'gzip' } },
    { path: '', body: '{}', headers: { 'content-type': 'text/plain' } },
  ];
  const paths = Object.entries<Record<string, { requestBody?: object }>>(document.paths);
  const ofRoutes = paths.flatMap(([template, operations]) => {
    const at = template.replace(/\{\w+\}/g, id);
    const taking = Object.keys(operations).filter((method) => operations[method]?.requestBody);
    return [
      ...METHODS.flatMap((method): Sent[] => [
        { method, path: at },
        { method, path: at, headers: { authorization: 'Bearer ' } },
        { method, path: at, headers: { authorization: 'Bearer x.y.z', accept: 'text/html' } },
        { method, path: at, headers: { authorization: `Bearer ${narrow}`, 'accept-encoding': 'gzip, br' } },
        { method, path: `${at}?page_size=x`, headers: bearer },
      ]),
      ...taking.flatMap((method) =>
        bodies.map((sent) => ({
          ...sent,
          method: method.toUpperCase(),
          path: at,
          headers: { ...json, ...sent.headers },
        })),
      ),
    ];
  });
  const nasty = NASTY.flatMap((name) => [
    { path: `/admin/identities/by/external/${name}`, headers: bearer },
    { path: `/admin/identities/${name}`, headers: bearer },
    { path: `/schemas/${name}` },
    { path: `/admin/identities/${name}/credentials/${name}`, headers: bearer },
    { path: `/admin/${name}/x`, headers: bearer },
  ]);
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const list = '/admin/identities?page_size=3&a=b';
  const one = `/admin/identities/${id}`;
  const good: Sent[] = [
    ...['', 'gzip', 'deflate', 'br', 'gzip;q=0', '*', 'deflate, gzip;q=0.5', 'identity', 'gzip;q=0, *', 'GZIP'].map(
      (encoding) => ({ path: list, headers: { ...bearer, 'accept-encoding': encoding } }),
    ),
    ...['HEAD', 'GET'].flatMap((method) =>
      [list, one, '/schemas', '/.well-known/jwks.json', '/.well-known/change-password', '/openapi.json'].map((at) => ({
        ...{ method, path: at, headers: { ...bearer, 'accept-encoding': 'gzip' } },
      })),
    ),
    { path: one, headers: { ...bearer, 'if-none-match': '"1"' } },
    { path: one, headers: { ...bearer, 'if-none-match': 'W/"1", "x"' } },
    { path: '/admin/identities?page=0&per_page=2', headers: bearer },
    {
      path: one,
      headers: { ...bearer, 'x-nextjs-data': '1', purpose: 'prefetch' },
    },
    { path: one, headers: { ...bearer, 'x-middleware-subrequest': 'middleware', 'x-forwarded-host': 'elsewhere' } },
    { path: one, headers: { ...bearer, expect: '100-continue' } },
    { method: 'PATCH', path: one, headers: { ...json, 'content-type': 'application/json-patch+json' }, body: '[]' },
    {
      method: 'PUT',
      path: one,
      headers: { ...json, 'if-match': '"7"' },
      body: '{"schema_id":"default","traits":{"email":"new@example.com"}}',
    },
    {
      method: 'PUT',
      path: one,
      headers: json,
      body: '{"schema_id":"default","state":"active","traits":{"email":"new@example.com"}}',
    },
    ...[1, 2].map(() => ({
      ...{ method: 'POST', path: '/admin/identities', body: '{"traits":{"email":"once@example.com"}}' },
      headers: { ...json, 'idempotency-key': '"once"', 'accept-encoding': 'gzip' },
    })),
    { method: 'POST', path: '/api/admin/identities', headers: json, body: '{"traits":{"email":"once@example.com"}}' },
    {
      method: 'POST',
      path: '/admin/identities',
      headers: json,
      body: '{"traits":{"email":"chunks@example.com"}}',
      isChunked: true,
    },
    { method: 'POST', path: '/oauth2/token', headers: form, body: 'grant_type=client_credentials' },
    { method: 'POST', path: '/oauth2/revoke', headers: form, body: 'token=x' },
    { method: 'DELETE', path: one, headers: bearer },
    { method: 'GET', path: one, headers: bearer },
  ];
  return [...NAMES.map((at) => ({ path: at, headers: bearer })), ...nasty, ...good, ...ofRoutes];
}

async function tokenOf({ signet, origin }: Installation, name: string, ...options: string[]): Promise<string> {
  const created = await signet('api-credential', 'create', '--name', name, ...options, '--json');
  const { client_id: id, client_secret: secret } = JSON.parse(created);
  const answer = await fetch(`${origin}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return (await answer.json()).access_token;
}

function nameOf({ method = 'GET', path: at, headers = {}, body = '', isChunked = false }: Sent): string {
  const { authorization = '', ...others } = headers;
  return [method, at, authorization.slice(0, 10), JSON.stringify(others), body.slice(0, 40), isChunked].join(' ');
}

async function databaseFiles(dir: string): Promise<string[]> {
  return (await readdir(dir)).filter((name) => name.startsWith('signet.db')).map((name) => path.join(dir, name));
}
