// The hot paths in each peer's own words. Shapes as in bench/paths.mjs.
import { randomUUID } from 'node:crypto';
import { tokenRequest, toText } from '../http-request.mjs';

export const PEERS = {
  'oidc-provider': {
    token: (target) => repeat(tokenRequest(target, '/token')),
    jwks: (target) => repeat(toText(target, 'GET', '/jwks', {})),
  },
  'better-auth': {
    get: (target, state) =>
      each(target.people, state, ({ id }) =>
        toText(target, 'GET', `/api/auth/admin/get-user?id=${id}`, cookie(target)),
      ),
    list: (target) => repeat(toText(target, 'GET', '/api/auth/admin/list-users?limit=100', cookie(target))),
    create: (target, state) => ({
      next: () => post(target, 'create-user', { email: `${randomUUID()}@example.com`, name: 'Ada Lovelace' }),
      expect: 200,
      onAnswer: ({ body }) => state.created.push(JSON.parse(body.toString()).user.id),
    }),
    update: (target, state) =>
      each(target.people, state, ({ id }, at) =>
        post(target, 'update-user', { userId: id, data: { name: `Ada Byron ${at}` } }),
      ),
    delete: (target, state) => {
      const next = () => {
        const userId = state.created.pop();
        return userId === undefined ? null : post(target, 'remove-user', { userId });
      };
      return { next, expect: 200 };
    },
    session: (target) => repeat(toText(target, 'GET', '/api/auth/get-session', cookie(target))),
  },
};

const repeat = (request) => ({ next: () => request, expect: 200 });

function each(people, state, toRequest) {
  const next = () => {
    const at = state.at++;
    return toRequest(people[at % people.length], at);
  };
  return { next, expect: 200 };
}

/** better-auth refuses writes with a cookie and without an Origin. */
const cookie = ({ cookie, host }) => ({ cookie, origin: `http://${host}` });

function post(target, name, body) {
  const headers = { ...cookie(target), 'content-type': 'application/json' };
  return toText(target, 'POST', `/api/auth/admin/${name}`, headers, JSON.stringify(body));
}
