// The hot paths: the same HTTP requests for Signet and for the references; the peers' own for them.
import { createHash, randomUUID, sign } from 'node:crypto';
import { tokenRequest, toText } from './http-request.mjs';
import { PEERS } from './peers/requests.mjs';

/**
 * `budget`: the highest ratio of CPU to the first and to the second reference; `millis`: the most CPU of a page, which
 * the references do not have (docs/performance.md). `consumes`: what a window must find beforehand.
 */
export const PATHS = {
  token: { title: 'Access token (ES256)', budget: [2, 2], requests: token },
  get: { title: 'Read an identity', budget: [2.5, 2], requests: readOne },
  list: { title: 'List 100, first page', budget: [1.5, 1.5], requests: firstPage },
  cursor: { title: 'List 100, deep by cursor', budget: [1.5, 1.5], requests: deepPage },
  create: { title: 'Create an identity', budget: [4, 3], requests: create },
  update: { title: 'Update an identity', budget: [2.5, 2.5], requests: update },
  delete: { title: 'Delete an identity', budget: [3.5, 2.5], requests: remove, consumes: 'identities' },
  session: { title: 'Check a session', budget: [2, 2], requests: session },
  passkey: { title: 'Verify a passkey, sign in', budget: [2.5, 2.5], requests: signIn, consumes: 'challenges' },
  jwks: { title: 'Key set', requests: keySet },
  login: { title: 'Page /login', millis: 4.5, requests: page(() => ({ path: '/login' })) },
  profile: {
    title: 'Page /profile',
    millis: 6,
    requests: page(({ profileCookie }) => ({ path: '/profile', cookie: profileCookie })),
  },
  settings: {
    title: 'Page /profile/settings',
    millis: 5,
    requests: page(({ profileCookie }) => ({ path: '/profile/settings', cookie: profileCookie })),
  },
  users: {
    title: 'Page Users of the console',
    millis: 12,
    requests: page(({ usersPath, operatorCookie }) => ({ path: usersPath, cookie: operatorCookie })),
  },
};

/**
 * { next, expect, isDone, onAnswer }: the next request as text or null, the status of success with a further condition,
 * and a look at each answer.
 */
export function requestsOf(path, target, state) {
  return (PEERS[target.peer]?.[path] ?? PATHS[path].requests)(target, state);
}

/** Pages are Signet's alone, and each peer has only some paths. */
export function hasPath(path, { name, peer }) {
  return peer ? Object.hasOwn(PEERS[peer], path) : name === 'signet' || PATHS[path].millis === undefined;
}

function token(target) {
  const request = tokenRequest(target, '/oauth2/token');
  return { next: () => request, expect: 200 };
}

function readOne(target, state) {
  const requests = target.people.map(({ id }) => toText(target, 'GET', `/admin/identities/${id}`, bearer(target)));
  return { next: () => requests[state.at++ % requests.length], expect: 200 };
}

function firstPage(target) {
  const request = toText(target, 'GET', '/admin/identities?per_page=100', bearer(target));
  return { next: () => request, expect: 200 };
}

function deepPage(target) {
  const query = new URLSearchParams({ page_size: '100', page_token: target.pageToken });
  const request = toText(target, 'GET', `/admin/identities?${query}`, bearer(target));
  return { next: () => request, expect: 200 };
}

function create(target, state) {
  return {
    next: () => toText(target, 'POST', '/admin/identities', json(target), traitsOf(randomUUID())),
    expect: 201,
    onAnswer: ({ body }) => state.created.push(/"id":"([^"]+)"/.exec(body.toString())[1]),
  };
}

/** Changes the name and keeps the email address, which the seed derives from the ID's number. */
function update(target, state) {
  const next = () => {
    const at = state.at++;
    const { id, email } = target.people[at % target.people.length];
    const traits = { email, name: { first: 'Ada', last: `Byron ${at}` } };
    return toText(target, 'PUT', `/admin/identities/${id}`, json(target), JSON.stringify({ traits }));
  };
  return { next, expect: 200 };
}

function remove(target, state) {
  const next = () => {
    const id = state.created.pop();
    return id === undefined ? null : toText(target, 'DELETE', `/admin/identities/${id}`, bearer(target));
  };
  return { next, expect: 204 };
}

function session(target, state) {
  const requests = target.sessionCookies.map((cookie) => toText(target, 'GET', '/api/auth/session', { cookie }));
  return { next: () => requests[state.at++ % requests.length], expect: 200 };
}

/** A signed assertion for each challenge that was stored for this window. */
function signIn(target, state) {
  const rpIdHash = createHash('sha256').update(new URL(target.origin).hostname).digest();
  // Present, verified, backup eligible and backed up (WebAuthn L3 §6.1), with a counter of 0 as synced passkeys have it.
  const data = Buffer.concat([rpIdHash, Buffer.from([0x1d]), Buffer.alloc(4)]);
  const next = () => {
    const challenge = state.challenges.pop();
    if (challenge === undefined) return null;
    const passkey = target.passkeys[state.at++ % target.passkeys.length];
    const fields = { type: 'webauthn.get', challenge, origin: target.origin, crossOrigin: false };
    const clientData = Buffer.from(JSON.stringify(fields));
    const signed = Buffer.concat([data, createHash('sha256').update(clientData).digest()]);
    const response = {
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: sign('sha256', signed, passkey.privateKey).toString('base64url'),
      userHandle: passkey.userHandle,
    };
    const { id } = passkey;
    const common = {
      id,
      rawId: id,
      type: 'public-key',
      clientExtensionResults: {},
      authenticatorAttachment: 'platform',
    };
    return toSignIn(target, { ...common, response });
  };
  return { next, expect: 200 };
}

/** As the script of Signet's page sends it. */
function toSignIn(target, response) {
  const type = { 'content-type': 'application/json' };
  if (!target.signInPath) return toText(target, 'POST', '/passkey', type, JSON.stringify(response));
  const headers = { ...type, origin: target.origin, cookie: target.browser.cookie, 'user-agent': BROWSER };
  return toText(target, 'POST', target.signInPath, headers, JSON.stringify({ response, returnTo: null }));
}

/** As a browser asks for a document, without compression. */
function page(toView) {
  return (target) => {
    const { path, cookie } = toView(target);
    const headers = { accept: 'text/html', 'user-agent': BROWSER, ...(cookie && { cookie }) };
    const request = toText(target, 'GET', path, headers);
    return { next: () => request, expect: 200 };
  };
}

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

function keySet(target) {
  const request = toText(target, 'GET', '/.well-known/jwks.json', {});
  return { next: () => request, expect: 200 };
}

const bearer = ({ token }) => ({ authorization: `Bearer ${token}` });
const json = (target) => ({ ...bearer(target), 'content-type': 'application/json' });
const traitsOf = (name) =>
  JSON.stringify({ traits: { email: `${name}@example.com`, name: { first: 'Ada', last: 'Lovelace' } } });

/** Paths whose headers the full reference repeats. */
export const HEADED = ['token', 'get', 'list', 'cursor', 'create', 'update', 'session', 'jwks'];
