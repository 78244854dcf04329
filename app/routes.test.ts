import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ROUTE_LIST } from '@/lib/api/routes';
import { GRANTABLE_SCOPES } from '@/lib/api-credential/model';
import { toInnerPath } from '@/lib/server/front/names';
import { accessToken, adminApi, callHandler, type Handlers } from '@/testing/admin-api';
import { FOR_BROWSERS, RESOURCES } from './api/routes';

/**
 * The inventory of served paths and what each requires of the caller. A path without an entry fails here: most
 * vulnerabilities of the field are an existing check that one path bypasses.
 */
const APP = import.meta.dirname;
const files = readdirSync(APP, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll(path.sep, '/'))
  .sort();

/** Called by scripts of our pages, also before there is a session; each goes through `scriptRoute`. */
const SCRIPT_ROUTES = ['/api/login/passkey/begin', '/api/login/passkey/finish', '/api/pairing/step'];
/** Public and outside the route table: sign-in, next-auth's endpoints, unknown paths and an image. */
const OPEN_ROUTES = [
  ...SCRIPT_ROUTES,
  ...['/api/{...path}', '/api/auth/{...nextauth}', '/api/well-known/{...name}', '/branding/logo/{hash}'],
  '/branding/application/{clientId}/{hash}',
];
/** Require a session. */
const SESSION_ROUTES = [
  '/console/{organization}/{project}/applications/{id}/logo',
  '/console/{organization}/{project}/audit-log/export',
  '/console/{organization}/{project}/search',
  '/console/{organization}/{project}/settings/logo',
  '/console/{organization}/{project}/users/export',
  '/console/{organization}/{project}/users/import/upload',
  '/console/{organization}/{project}/users/import/{id}/errors',
  '/profile/data',
];
/** Public pages. */
const OPEN_PAGES = [
  '/page.tsx',
  '/docs/page.tsx',
  '/(auth)/login/page.tsx',
  '/(auth)/authorize/page.tsx',
  '/(auth)/login/continue/page.tsx',
  '/(auth)/login/link/page.tsx',
  '/(auth)/login/recovery/page.tsx',
  '/(auth)/login/sign-out/page.tsx',
  '/(auth)/login/alert/page.tsx',
  '/(auth)/login/undo/page.tsx',
  '/setup/page.tsx',
  '/add/page.tsx',
];
/** Steps without a session; each goes through `openAction`. */
const OPEN_ACTION_FILES = [
  ...['/(auth)/login/actions.ts', '/(auth)/login/sign-out/actions.ts', '/setup/actions.ts', '/add/actions.ts'],
  '/shell-actions.ts',
];

const routes = files
  .filter((file) => file.endsWith('/route.ts'))
  .map((file) => ({ file, name: `/${path.posix.dirname(file).replaceAll(/\[(\.*\w+)\]/g, '{$1}')}` }));
const read = (file: string) => readFileSync(path.join(APP, file), 'utf8');
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

// ASVS 6.3.4, ASVS 10.1.1
test('every route file is in the route table, requires a session or is listed as public', () => {
  const known = [...Object.keys(RESOURCES).map((template) => toInnerPath(template)), ...SESSION_ROUTES, ...OPEN_ROUTES];
  expect(routes.map(({ name }) => name).sort()).toEqual(known.sort());
});

describe('the route table', () => {
  const resources = Object.entries<Handlers>(RESOURCES);
  let api: Awaited<ReturnType<typeof adminApi>>;
  beforeAll(async () => {
    api = await adminApi('/x', {});
  });

  test('has the handlers that each route file exports', async () => {
    for (const [template, handlers] of resources) {
      const file = routes.find(({ name }) => name === toInnerPath(template))?.file ?? '';
      const loaded: Handlers = await import(path.join(APP, file));
      for (const method of METHODS) expect(loaded[method], `${method} ${template}`).toBe(handlers[method]);
    }
  });

  test('each method requires what its row declares; any other returns 405 with Allow', {
    timeout: 60_000,
  }, async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const rawBody = 'grant_type=client_credentials&token=x';
    for (const [template, handlers] of resources) {
      for (const method of METHODS) {
        const row = rowOf(method, template);
        // A person's browser gets a page (app/api/oauth2/auth/route.test.ts).
        if (row?.access === 'public' || row?.access === 'person') continue;
        const sent = row?.access === 'client' ? { rawBody, headers: form } : {};
        const call = { params: { id: 'x' }, token: null, ...sent };
        const { status, headers } = await callHandler(api.project, template, handlers, method, call);
        expect([method, template, status]).toEqual([method, template, row ? 401 : 405]);
        const allowed = METHODS.filter((each) => rowOf(each, template)).join(', ');
        expect(headers.get('allow'), `${method} ${template}`).toBe(row ? null : allowed);
      }
    }
  });

  // ASVS 8.2.1, ASVS 10.3.2
  test('each call requires its own scope: a token with all others is refused and the challenge names it', {
    timeout: 60_000,
  }, async () => {
    const scopes = new Set(ROUTE_LIST.flatMap(({ row }) => row.scope ?? []));
    for (const scope of scopes) {
      const others = GRANTABLE_SCOPES.filter((each) => each !== scope);
      const token = await accessToken(api.project, others);
      for (const { name, method, template } of ROUTE_LIST.filter(({ row }) => row.scope === scope)) {
        const handlers = Object.fromEntries(resources)[template] ?? {};
        const answer = await callHandler(api.project, template, handlers, method, { params: { id: 'x' }, token });
        expect(answer.status, name).toBe(403);
        expect(answer.headers.get('www-authenticate'), name).toContain(`scope="${scope}"`);
      }
    }
  });
});

/** The row of a method; HEAD uses the one of GET. */
function rowOf(method: string, template: string) {
  const served = method === 'HEAD' ? 'GET' : method;
  return ROUTE_LIST.find((route) => route.method === served && route.template === template)?.row;
}

test('every page authenticates its caller or is listed as public', () => {
  const pages = files.filter((file) => file.endsWith('page.tsx'));
  const unauthenticated = pages.filter(
    (file) => !/\brequire(Session|Operator|Organization|Project)\(/.test(read(file)),
  );
  expect(unauthenticated.map((file) => `/${file}`).sort()).toEqual([...OPEN_PAGES].sort());
});

test('every route for scripts goes through the edge that checks origin and type, and is served without Next', () => {
  for (const { file, name } of routes.filter((route) => SCRIPT_ROUTES.includes(route.name))) {
    expect(read(file), name).toMatch(/\bOPTIONS \} = scriptRoute\(/);
    expect(FOR_BROWSERS[name]?.POST, name).toBeDefined();
  }
});

test('every session route authenticates its caller', () => {
  const authenticates = /\bexport const (GET = (personRoute|projectRoute)|POST = projectUpload)\(/;
  for (const { file, name } of routes.filter((route) => SESSION_ROUTES.includes(route.name)))
    expect(read(file), name).toMatch(authenticates);
});

// ASVS 6.3.4
test('every server action goes through the edge that checks origin and session', () => {
  const actionFiles = files.filter((file) => /\.tsx?$/.test(file) && /^'use server';/m.test(read(file)));
  for (const file of actionFiles) {
    const text = read(file);
    const isOpen = OPEN_ACTION_FILES.includes(`/${file}`);
    const edges = [
      ...text.matchAll(
        /(?:export )?const (\w+) = (action|openAction|operatorAction|organizationAction|projectAction)\(/g,
      ),
    ];
    expect(isOpen || edges.every(([, , edge]) => edge !== 'openAction'), `${file} is public`).toBe(true);
    // An exported function calls one of those.
    for (const [, name, body = ''] of text.matchAll(/export async function (\w+)\([^)]*\)[^{]*\{([\s\S]*?)\n\}/g)) {
      expect(
        edges.some(([, edge]) => body.includes(`await ${edge}(`)),
        `${file}: ${name}`,
      ).toBe(true);
    }
    const exported = [...text.matchAll(/export const (\w+)/g)].map(([, name]) => name);
    expect(
      exported.every((name) => edges.some(([, constant]) => constant === name)),
      file,
    ).toBe(true);
  }
});
