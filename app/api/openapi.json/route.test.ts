import { createConfig, lintFromString } from '@redocly/openapi-core';
import { Validator } from '@seriousme/openapi-schema-validator';
import { beforeAll, describe, expect, test } from 'vitest';
import type { OperationObject } from '@/lib/api/openapi/model';
import { ROUTE_LIST } from '@/lib/api/routes';
import { adminApi } from '@/testing/admin-api';
import { exampleFaults } from '@/testing/documented';
import { documentOf, MOUNTED_ROUTES } from '../routes';
import * as handlers from './route';

const ORIGIN = 'https://id.signet.test';
const { document, text } = documentOf(ORIGIN);
const calls: [string, OperationObject][] = Object.entries(document.paths).flatMap(([at, methods]) =>
  Object.entries(methods).map(([method, call]): [string, OperationObject] => [`${method.toUpperCase()} ${at}`, call]),
);

function operationOf(name: string) {
  const row = ROUTE_LIST.find((route) => route.name === name)?.row;
  return row?.undocumented === undefined ? row : undefined;
}

test('the document has every route of the table except those left out for a stated reason', () => {
  const described = ROUTE_LIST.filter(({ row }) => row.undocumented === undefined);
  expect(calls.map(([name]) => name).sort()).toEqual(described.map(({ name }) => name).sort());
  const left = ROUTE_LIST.filter(({ row }) => row.undocumented !== undefined);
  expect(left.map(({ name }) => name)).toEqual([
    ...['GET /oauth2/auth', 'POST /oauth2/auth', 'GET /oauth2/sessions/logout', 'POST /oauth2/sessions/logout'],
    ...['GET /.well-known/security.txt', 'GET /metrics'],
  ]);
});

test('the document describes every authorized request by the schema that parses it', () => {
  for (const { name, method, template } of ROUTE_LIST.filter(({ row }) => row.scope !== undefined)) {
    const route = MOUNTED_ROUTES.find((mounted) => mounted.method === method && mounted.template === template);
    expect(route?.handler.declared, name).toBeDefined();
  }
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
      // Health refuses no request, and one well-known name only redirects.
      rules: { 'operation-4xx-response': 'off', 'operation-2xx-response': 'off' },
    });
    const problems = await lintFromString({ source: text, absoluteRef: `${ORIGIN}/openapi.json`, config });
    const toLine = ({ ruleId, message, location }: (typeof problems)[number]) =>
      `${ruleId} ${location[0]?.pointer}: ${message}`;
    expect(problems.map(toLine)).toEqual([]);
  });

  test.each(calls)('%s has texts, unique names and bounded parameters', (name, call) => {
    expect(call.summary).toMatch(/^[A-Z].*[^.]$/);
    expect(calls.filter(([, other]) => other.operationId === call.operationId)).toHaveLength(1);
    for (const { name: parameter, description, schema } of call.parameters) {
      expect(description, `${name}: ${parameter} needs words`).not.toBe('');
      expect(schema.type, `${name}: ${parameter} needs a type`).toBeDefined();
    }
    const notes = Object.keys(operationOf(name)?.parameters ?? {});
    expect(notes.filter((note) => !call.parameters.some((parameter) => parameter.name === note))).toEqual([]);
    for (const response of Object.values(call.responses)) expect(response.description).not.toBe('');
  });

  test.each(calls)('%s has valid examples', (_, call) => {
    expect(exampleFaults(document, call)).toEqual([]);
    const isJson = (content: object | undefined) => content && 'application/json' in content;
    for (const [status, { content }] of Object.entries(call.responses))
      if (isJson(content)) expect(content?.['application/json']?.example, `${status} needs an example`).toBeDefined();
    if (isJson(call.requestBody?.content))
      expect(Object.keys(call.requestBody?.content['application/json']?.examples ?? {})).not.toEqual([]);
  });

  test.each(calls)('%s names its scope, or needs no token', (name, call) => {
    const { scope, access } = ROUTE_LIST.find((route) => route.name === name)?.row ?? {};
    const unscoped = access === 'client' ? [{ client: [] }, {}] : access === 'token' ? [{ personToken: [] }] : [];
    expect(call.security).toEqual(scope ? [{ accessToken: [scope] }] : unscoped);
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

  test('returns 200 without a token, and 304 when the ETag matches', async () => {
    const response = await api.call('GET', { token: null });
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'public, no-cache']);
    expect((await response.json()).servers).toEqual([{ url: api.project.origin }]);
    const etag = response.headers.get('etag') ?? '';
    const again = await api.call('GET', { token: null, headers: { 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await api.call('GET', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });
});
