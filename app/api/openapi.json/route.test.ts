import { readdirSync } from 'node:fs';
import path from 'node:path';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { Validator } from '@seriousme/openapi-schema-validator';
import { beforeAll, describe, expect, test } from 'vitest';
import type { OperationObject } from '@/lib/api/openapi/document';
import { POLICY } from '@/lib/api/policy';
import { OPERATIONS } from '@/lib/api/routes';
import { adminApi, type Handlers } from '@/testing/admin-api';
import { exampleFaults } from '@/testing/documented';
import { documentOf, ROUTES } from './document';
import * as handlers from './route';

const ORIGIN = 'https://id.signet.test';
const { document, text } = documentOf(ORIGIN);
const calls: [string, OperationObject][] = Object.entries(document.paths).flatMap(([at, methods]) =>
  Object.entries(methods).map(([method, call]): [string, OperationObject] => [`${method.toUpperCase()} ${at}`, call]),
);

describe('the inventory', () => {
  const API = path.join(import.meta.dirname, '..');
  /** What no program calls: next-auth's endpoints, and the names of nothing. */
  // Not for programs of ours, or, as RFC 9116 has it, plain text for people.
  const UNDESCRIBED = ['/auth/{...nextauth}', '/{...path}', '/.well-known/{...name}', '/.well-known/security.txt'];
  const files = readdirSync(API, { recursive: true, encoding: 'utf8' }).filter((name) => /(^|\/)route\.ts$/.test(name));
  const publicName = (file: string) =>
    `/${path.posix.dirname(file).replaceAll(/\[(\.*\w+)\]/g, '{$1}')}`.replace('/well-known/', '/.well-known/');
  const routes = files.map((file) => ({ file, name: publicName(file) }));
  const loaded = new Map<string, Handlers>();
  beforeAll(async () => {
    for (const { file, name } of routes) loaded.set(name, await import(path.join(API, file)));
  });

  test('every route is described, and nothing else is', async () => {
    const { call } = await adminApi('/x', { OPTIONS: (request, extra) => answer(request, extra) });
    let answer: NonNullable<Handlers[string]>;
    const served: string[] = ['GET /health/alive', 'GET /health/ready'];
    for (const [name, { OPTIONS }] of loaded) {
      if (UNDESCRIBED.includes(name) || !OPTIONS) continue;
      answer = OPTIONS;
      // Refused before anything is looked at, with the methods that are not.
      const { headers } = await call('OPTIONS', { token: null });
      const allowed = headers.get('allow')?.split(', ') ?? [];
      served.push(...allowed.filter((method) => method !== 'HEAD').map((method) => `${method} ${name}`));
    }
    expect(Object.keys(OPERATIONS).sort()).toEqual(served.sort());
  });

  test('every request of the admin API is described by what parses it', () => {
    const admin = routes.filter(({ name }) => name.startsWith('/admin/') || name === '/schemas');
    expect(Object.keys(ROUTES).sort()).toEqual(admin.map(({ name }) => name).sort());
    for (const { name } of admin) expect(ROUTES[name]).toBe(loaded.get(name));
    for (const name of Object.keys(POLICY)) {
      const [method = '', at = ''] = name.split(' ');
      expect(ROUTES[at]?.[method]?.declared, name).toBeDefined();
    }
  });
});

describe('the document', () => {
  test('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const result = await validator.validate(structuredClone(document));
    expect([result.valid, result.errors ?? []]).toEqual([true, []]);
    expect(validator.version).toBe('3.1');
  });

  test('passes the linter', async () => {
    const config = await createConfig({
      extends: ['recommended-strict'],
      // Health has no refusal of a request, and one well-known name only leads elsewhere.
      rules: { 'operation-4xx-response': 'off', 'operation-2xx-response': 'off' },
    });
    const problems = await lintFromString({ source: text, absoluteRef: `${ORIGIN}/openapi.json`, config });
    const toLine = ({ ruleId, message, location }: (typeof problems)[number]) =>
      `${ruleId} ${location[0]?.pointer}: ${message}`;
    expect(problems.map(toLine)).toEqual([]);
  });

  test.each(calls)('%s has words, unique names and bounded parameters', (name, call) => {
    expect(call.summary).toMatch(/^[A-Z].*[^.]$/);
    expect(calls.filter(([, other]) => other.operationId === call.operationId)).toHaveLength(1);
    for (const { name: parameter, description, schema } of call.parameters) {
      expect(description, `${name}: ${parameter} needs words`).not.toBe('');
      expect(schema.type, `${name}: ${parameter} needs a type`).toBeDefined();
    }
    const notes = Object.keys(OPERATIONS[name]?.parameters ?? {});
    expect(notes.filter((note) => !call.parameters.some((parameter) => parameter.name === note))).toEqual([]);
    for (const response of Object.values(call.responses)) expect(response.description).not.toBe('');
  });

  test.each(calls)('%s has examples that hold', (_, call) => {
    expect(exampleFaults(document, call)).toEqual([]);
    const isJson = (content: object | undefined) => content && 'application/json' in content;
    for (const [status, { content }] of Object.entries(call.responses))
      if (isJson(content)) expect(content?.['application/json']?.example, `${status} needs an example`).toBeDefined();
    if (isJson(call.requestBody?.content))
      expect(Object.keys(call.requestBody?.content['application/json']?.examples ?? {})).not.toEqual([]);
  });

  test.each(calls)('%s names its scope, or that it needs no token', (name, call) => {
    const scope = (POLICY as Record<string, string>)[name];
    const isClient = name.includes(' /oauth2/');
    expect(call.security).toEqual(scope ? [{ accessToken: [scope] }] : isClient ? [{ client: [] }, {}] : []);
  });

  test('has the addresses of its project', () => {
    expect(document.servers).toEqual([{ url: ORIGIN }]);
    expect(text).toContain(`"tokenUrl":"${ORIGIN}/oauth2/token"`);
    expect(documentOf('http://localhost:3000').document.servers).toEqual([{ url: 'http://localhost:3000' }]);
  });
});

describe('GET', () => {
  let api: Awaited<ReturnType<typeof adminApi>>;
  beforeAll(async () => {
    api = await adminApi('/openapi.json', handlers);
  });

  test('200 without a token; 304 for a version that is known', async () => {
    const response = await api.call('GET', { token: null });
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'public, no-cache']);
    expect((await response.json()).servers).toEqual([{ url: api.project.origin }]);
    const etag = response.headers.get('etag') ?? '';
    const again = await api.call('GET', { token: null, headers: { 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await api.call('GET', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });
});
