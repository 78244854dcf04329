// The hot paths: the same HTTP requests for Signet and for the references, where both have the path.
import { randomUUID } from 'node:crypto';

/** `budget`: the highest ratio of CPU to the first and to the second reference (docs/performance.md). */
export const PATHS = {
  token: { title: 'Access token (ES256)', budget: [2, 2], requests: token },
  get: { title: 'Read an identity', budget: [2.5, 2], requests: readOne },
  list: { title: 'List 100, first page', budget: [1.5, 1.5], requests: firstPage },
  cursor: { title: 'List 100, deep by cursor', budget: [1.5, 1.5], requests: deepPage },
  create: { title: 'Create an identity', budget: [4, 3], requests: create },
  update: { title: 'Update an identity', budget: [2.5, 2.5], requests: update },
  delete: { title: 'Delete an identity', budget: [3.5, 2.5], requests: remove, consumes: true },
  session: { title: 'Check a session', budget: [2, 2], requests: session },
  jwks: { title: 'Key set', requests: keySet },
};

/** { next, expect, onAnswer }: the next request as text or null, the status of success, and a look at each answer. */
export function requestsOf(path, target, state) {
  return PATHS[path].requests(target, state);
}

function token(target) {
  const authorization = `Basic ${Buffer.from(`${target.clientId}:${target.clientSecret}`).toString('base64')}`;
  const form = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
  const request = toText(target, 'POST', '/oauth2/token', form, 'grant_type=client_credentials');
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

function keySet(target) {
  const request = toText(target, 'GET', '/.well-known/jwks.json', {});
  return { next: () => request, expect: 200 };
}

const bearer = ({ token }) => ({ authorization: `Bearer ${token}` });
const json = (target) => ({ ...bearer(target), 'content-type': 'application/json' });
const traitsOf = (name) =>
  JSON.stringify({ traits: { email: `${name}@example.com`, name: { first: 'Ada', last: 'Lovelace' } } });

function toText({ host }, method, path, headers, body = '') {
  const all = { host, ...headers, ...(body !== '' && { 'content-length': Buffer.byteLength(body) }) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

/** Paths whose headers the full reference repeats. */
export const HEADED = ['token', 'get', 'list', 'cursor', 'create', 'update', 'session', 'jwks'];
