// The reference: what the machine can do. Bare node:http, prepared statements, durable group commit, and nothing that
// the protocol does not need: no audit, no schema validation, no rate limit. `--full` also sends Signet's headers, logs
// a line and writes Signet's rows. Settings come as JSON in the first argument; prints a line once it listens.
import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import { writeSync } from 'node:fs';
import { createServer } from 'node:http';

/** { port, store: module, database, isFull, headers: by path, origin } */
const settings = JSON.parse(process.argv[2]);
const { openStore } = await import(settings.store);
const store = await openStore(settings);
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const KEY = { key: privateKey, dsaEncoding: 'ieee-p1363' };
const PUBLIC = { key: publicKey, dsaEncoding: 'ieee-p1363' };
const KID = 'reference';
const KEY_SET = JSON.stringify({
  keys: [{ ...publicKey.export({ format: 'jwk' }), kid: KID, alg: 'ES256', use: 'sig' }],
});
const SCHEMA_URL = `${settings.origin}/schemas/${Buffer.from('default').toString('base64url')}`;
const LIFETIME_SECONDS = 3600;
const HEAD = encode({ alg: 'ES256', typ: 'at+jwt', kid: KID });

/** Verified tokens until they expire. */
const tokens = new Map();
/** Imported public keys of passkeys. */
const keys = new Map();

const server = createServer((request, response) => {
  const began = performance.now();
  const answer = (status, name, text, headers) => send(response, { status, name, text, headers, request, began });
  route(request, answer).catch((error) => {
    process.stderr.write(`${error.stack}\n`);
    answer(500, '', '{}');
  });
});
server.keepAliveTimeout = 72_000;
server.listen(settings.port, '127.0.0.1', () => console.log('listening'));
process.on('SIGTERM', () => process.exit());

async function route(request, answer) {
  const { method, url } = request;
  const [path, query] = url.split('?', 2);
  if (path === '/oauth2/token') return issueToken(request, answer);
  if (path === '/api/auth/session') return checkSession(request, answer);
  if (path === '/.well-known/jwks.json') return answer(200, 'jwks', KEY_SET);
  if (path === '/passkey') return verifyPasskey(JSON.parse(await readBody(request)), answer);
  if (!path.startsWith('/admin/identities')) return answer(404, '', '{}');
  if (!(await isAuthorized(request))) return answer(401, '', '{}');
  if (path === '/admin/identities') {
    if (method === 'POST') return create(JSON.parse(await readBody(request)), answer);
    return list(new URLSearchParams(query), answer);
  }
  const id = path.slice('/admin/identities/'.length);
  if (method === 'GET') return readOne(id, answer);
  if (method === 'PUT') return update(id, JSON.parse(await readBody(request)), answer);
  return remove(id, answer);
}

async function issueToken(request, answer) {
  const form = new URLSearchParams(await readBody(request));
  const pair = Buffer.from(request.headers.authorization.slice('Basic '.length), 'base64').toString();
  const [clientId, secret] = pair.split(':');
  const credential = await store.findCredential(clientId);
  const isValid = credential && timingSafeEqual(sha256(secret), Buffer.from(credential.hash, 'base64url'));
  if (!isValid || form.get('grant_type') !== 'client_credentials') return answer(401, '', '{}');
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: settings.origin,
    sub: clientId,
    client_id: clientId,
    aud: `${settings.origin}/admin`,
    iat: now,
    exp: now + LIFETIME_SECONDS,
    jti: randomUUID(),
    scope: credential.scope,
  };
  const signed = `${HEAD}.${encode(claims)}`;
  const token = `${signed}.${sign('sha256', signed, KEY).toString('base64url')}`;
  const body = { access_token: token, token_type: 'Bearer', expires_in: LIFETIME_SECONDS, scope: credential.scope };
  answer(200, 'token', JSON.stringify(body), { 'cache-control': 'no-store', pragma: 'no-cache' });
}

/** The signature is verified once a token, whether its credential still exists at each call. */
async function isAuthorized(request) {
  const token = request.headers.authorization?.slice('Bearer '.length);
  let known = tokens.get(token);
  if (!known) {
    const [head, claims, signature] = (token ?? '').split('.');
    if (!signature || !verify('sha256', `${head}.${claims}`, PUBLIC, Buffer.from(signature, 'base64url'))) return false;
    known = JSON.parse(Buffer.from(claims, 'base64url').toString());
    tokens.set(token, known);
  }
  return known.exp * 1000 > Date.now() && (await store.findCredential(known.client_id)) !== undefined;
}

async function readOne(id, answer) {
  const row = await store.find(id);
  if (!row) return answer(404, '', '{}');
  answer(200, 'get', JSON.stringify(toIdentity(row)), { etag: `"${row.version}"` });
}

async function list(query, answer) {
  const token = query.get('page_token');
  const rows = token
    ? await store.listAfter(token, Number(query.get('page_size')))
    : await store.listByOffset(Number(query.get('page') ?? 0), Number(query.get('per_page')));
  answer(200, token ? 'cursor' : 'list', JSON.stringify(rows.map(toIdentity)));
}

async function create({ traits }, answer) {
  const now = new Date().toISOString();
  const address = { value: traits.email, via: 'email', created_at: now, updated_at: now };
  const { value, via, ...times } = address;
  const verifiable = { id: randomUUID(), value, verified: false, via, status: 'pending', ...times };
  const row = {
    id: randomUUID(),
    email: traits.email,
    state: 'active',
    stateChangedAt: now,
    traits: JSON.stringify(traits),
    verifiable: JSON.stringify([verifiable]),
    recovery: JSON.stringify([{ id: randomUUID(), value, via, ...times }]),
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
  await store.insert(row);
  const location = `${settings.origin}/admin/identities/${row.id}`;
  answer(201, 'create', JSON.stringify(toIdentity(row)), { location, etag: '"1"' });
}

async function update(id, { traits }, answer) {
  const row = await store.update(id, JSON.stringify(traits), new Date().toISOString());
  if (!row) return answer(404, '', '{}');
  answer(200, 'update', JSON.stringify(toIdentity(row)), { etag: `"${row.version}"` });
}

async function remove(id, answer) {
  answer((await store.remove(id)) ? 204 : 404, 'delete', '');
}

async function checkSession(request, answer) {
  const row = await store.findSession(sha256(request.headers.cookie.split('=')[1]).toString('base64url'));
  if (!row || row.expiresAt <= new Date().toISOString()) return answer(401, '', '{}');
  const { first, last } = JSON.parse(row.traits).name;
  const user = { id: row.identityId, name: `${first} ${last}`, email: row.email };
  answer(200, 'session', JSON.stringify({ expires: row.expiresAt, user }));
}

/** WebAuthn L3 §7.2, the steps that a signed assertion needs. */
async function verifyPasskey({ id, response }, answer) {
  const clientData = Buffer.from(response.clientDataJSON, 'base64url');
  const { challenge, origin, type } = JSON.parse(clientData.toString());
  const data = Buffer.from(response.authenticatorData, 'base64url');
  const passkey = await store.findPasskey(id);
  const isBound = origin === settings.origin && type === 'webauthn.get' && data.subarray(0, 32).equals(RP_ID_HASH);
  if (!passkey || !isBound || (data[32] & 5) !== 5) return answer(401, '', '{}');
  let key = keys.get(id);
  if (!key) {
    key = createPublicKey({ key: JSON.parse(passkey.publicJwk), format: 'jwk' });
    keys.set(id, key);
  }
  const signed = Buffer.concat([data, createHash('sha256').update(clientData).digest()]);
  if (!verify('sha256', signed, key, Buffer.from(response.signature, 'base64url'))) return answer(401, '', '{}');
  const token = randomUUID() + randomUUID();
  const now = new Date().toISOString();
  const session = {
    hash: sha256(token).toString('base64url'),
    identityId: passkey.identityId,
    createdAt: now,
    expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
  };
  const isTaken = await store.signIn({ challenge, passkeyId: id, counter: data.readUInt32BE(33), session, now });
  if (!isTaken) return answer(401, '', '{}');
  answer(200, 'passkey', '{}', { 'set-cookie': `session=${token}; Path=/; HttpOnly; SameSite=Lax` });
}

const RP_ID_HASH = createHash('sha256').update(new URL(settings.origin).hostname).digest();

/** As the admin API answers. */
function toIdentity(row) {
  return {
    id: row.id,
    schema_id: 'default',
    schema_url: SCHEMA_URL,
    state: row.state,
    state_changed_at: row.stateChangedAt,
    traits: JSON.parse(row.traits),
    verifiable_addresses: JSON.parse(row.verifiable),
    recovery_addresses: JSON.parse(row.recovery),
    metadata_public: null,
    metadata_admin: null,
    organization_id: null,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
  };
}

function send(response, { status, name, text, headers, request, began }) {
  const type = text === '' ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  const requestId = settings.isFull ? randomUUID() : '';
  const more = settings.isFull ? { ...settings.headers[name], 'x-request-id': requestId } : {};
  response.writeHead(status, { ...more, ...type, ...headers });
  response.end(text);
  if (settings.isFull) logRequest({ request, status, requestId, began });
}

let lines = '';
function logRequest({ request, status, requestId, began }) {
  const line = {
    time: new Date().toISOString(),
    level: 'info',
    message: 'request',
    request_id: requestId,
    method: request.method,
    path: request.url.split('?', 1)[0],
    status,
    duration_ms: Math.round(performance.now() - began),
  };
  if (lines === '') setImmediate(flushLines);
  lines += `${JSON.stringify(line)}\n`;
}

function flushLines() {
  writeSync(1, lines);
  lines = '';
}

function readBody(request) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => resolve((chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)).toString()));
    request.on('error', reject);
  });
}

function sha256(text) {
  return createHash('sha256').update(text).digest();
}

function encode(value) {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
