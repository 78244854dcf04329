import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { POLICY } from '@/lib/api/policy';
import { GRANTABLE_SCOPES } from '@/lib/api-credential/model';
import { accessToken, adminApi, type Handlers } from '@/testing/admin-api';

/**
 * The inventory: every path that answers, and what it asks of who calls. Whoever adds one adds its line, or this fails.
 * (Most holes of the field are a check that exists and one path that does not go through it.)
 */
const APP = import.meta.dirname;
const files = readdirSync(APP, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll(path.sep, '/'))
  .sort();

/** Anybody may read these. */
const OPEN_ROUTES = [
  '/api/{...path}',
  '/api/auth/{...nextauth}',
  '/api/openapi.json',
  '/api/schemas',
  '/api/schemas/{id}',
  '/api/well-known/**',
  '/branding/logo/{hash}',
];
/** The caller proves to be a client, in the body or by HTTP Basic. */
const CLIENT_ROUTES = ['/api/oauth2/introspect', '/api/oauth2/revoke', '/api/oauth2/token'];
/** For people who are signed in, by their session. */
const SESSION_ROUTES = [
  '/console/{organization}/{project}/audit-log/export',
  '/console/{organization}/{project}/search',
  '/console/{organization}/{project}/settings/logo',
  '/profile/data',
];
/** Pages that anybody may open. */
const OPEN_PAGES = [
  '/page.tsx',
  '/docs/page.tsx',
  '/(auth)/login/page.tsx',
  '/(auth)/login/link/page.tsx',
  '/(auth)/login/recovery/page.tsx',
  '/(auth)/login/undo/page.tsx',
  '/setup/page.tsx',
];
/** Steps of signing in, for who is not signed in yet; each goes through `openAction`. */
const OPEN_ACTION_FILES = ['/(auth)/login/actions.ts', '/setup/actions.ts', '/preferences.ts'];

const routes = files
  .filter((file) => file.endsWith('/route.ts'))
  .map((file) => ({ file, name: `/${path.posix.dirname(file).replaceAll(/\[(\.*\w+)\]/g, '{$1}')}` }));
const isListed = (list: string[], name: string) =>
  list.some((entry) => entry === name || (entry.endsWith('/**') && name.startsWith(entry.slice(0, -2))));
const read = (file: string) => readFileSync(path.join(APP, file), 'utf8');
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

// ASVS 6.3.4, ASVS 10.1.1
test('every route is listed as open, for clients, for people, or has its scopes in the policy', () => {
  const lists = [...OPEN_ROUTES, ...CLIENT_ROUTES, ...SESSION_ROUTES, '/api/admin/**'];
  expect(routes.filter(({ name }) => !isListed(lists, name))).toEqual([]);
});

describe('the admin API', () => {
  const admin = routes.filter(({ name }) => name.startsWith('/api/admin/'));
  const loaded = new Map<string, Handlers>();
  beforeAll(async () => {
    for (const { file, name } of admin) loaded.set(name, await import(path.join(APP, file)));
  });

  test('every method that a route serves has its scope, and refuses who has no token', {
    timeout: 60_000,
  }, async () => {
    const served: string[] = [];
    for (const [name, handlers] of loaded) {
      const { call } = await adminApi(name, handlers);
      for (const method of METHODS) {
        const { status } = await call(method, { params: { id: 'x' }, token: null });
        expect([401, 405], `${method} ${name}`).toContain(status);
        if (status === 401 && method !== 'HEAD') served.push(`${method} ${name.slice('/api'.length)}`);
      }
    }
    expect(served.sort()).toEqual(Object.keys(POLICY).sort());
  });

  // ASVS 8.2.1, ASVS 10.3.2
  test('every call needs its own scope: a token with all others is refused and told which', {
    timeout: 60_000,
  }, async () => {
    const { project } = await adminApi('/admin/identities', {});
    for (const scope of new Set(Object.values(POLICY))) {
      const token = await accessToken(
        project,
        GRANTABLE_SCOPES.filter((each) => each !== scope),
      );
      const calls = Object.entries(POLICY).filter(([, needed]) => needed === scope);
      for (const [route] of calls) {
        const [method = '', template = ''] = route.split(' ');
        const { call } = await adminApi(template, loaded.get(`/api${template}`) ?? {});
        const answer = await call(method, { params: { id: 'x' }, token });
        expect(answer.status, route).toBe(403);
        expect(answer.headers.get('www-authenticate'), route).toContain(`scope="${scope}"`);
      }
    }
  });
});

test('every page proves who asks, or is listed as open', () => {
  const pages = files.filter((file) => file.endsWith('page.tsx'));
  const unproven = pages.filter((file) => !/\brequire(Session|Operator|Organization|Project)\(/.test(read(file)));
  expect(unproven.map((file) => `/${file}`).sort()).toEqual([...OPEN_PAGES].sort());
});

test('every route for people proves who asks', () => {
  const proves = /\bexport const GET = (personRoute|projectRoute)\(/;
  for (const { file, name } of routes.filter((route) => SESSION_ROUTES.includes(route.name)))
    expect(read(file), name).toMatch(proves);
});

// ASVS 6.3.4
test('every server action goes through the edge that proves origin and person', () => {
  const actionFiles = files.filter((file) => /\.tsx?$/.test(file) && /^'use server';/m.test(read(file)));
  for (const file of actionFiles) {
    const text = read(file);
    const isOpen = OPEN_ACTION_FILES.includes(`/${file}`);
    const made = [
      ...text.matchAll(
        /(?:export )?const (\w+) = (action|openAction|operatorAction|organizationAction|projectAction)\(/g,
      ),
    ];
    expect(isOpen || made.every(([, , edge]) => edge !== 'openAction'), `${file} is open to anybody`).toBe(true);
    // An exported function of its own hands on to one of those.
    for (const [, name, body = ''] of text.matchAll(/export async function (\w+)\([^)]*\)[^{]*\{([\s\S]*?)\n\}/g)) {
      expect(
        made.some(([, edge]) => body.includes(`await ${edge}(`)),
        `${file}: ${name}`,
      ).toBe(true);
    }
    const exported = [...text.matchAll(/export const (\w+)/g)].map(([, name]) => name);
    expect(
      exported.every((name) => made.some(([, known]) => known === name)),
      file,
    ).toBe(true);
  }
});
