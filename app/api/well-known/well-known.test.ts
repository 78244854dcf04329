import { beforeEach, describe, expect, test } from 'vitest';
import { CONTEXT_HEADER, keepContext } from '@/lib/http/context';
import type { Project } from '@/lib/project/model';
import { expectDocumented } from '@/testing/documented';
import { makeProject } from '@/testing/project';
import * as keySet from './jwks.json/route';
import * as metadata from './oauth-authorization-server/route';

let project: Project;

beforeEach(async () => {
  project = await makeProject();
});

const params = { params: Promise.resolve({}) };
const request = (method = 'GET') => {
  const context = {
    requestId: 'request-1',
    address: '192.0.2.1',
    userAgent: '',
    project,
    projectId: project.id,
    projectName: project.name,
    origin: project.origin,
    accentColor: null,
    logoHash: null,
    isConsoleHost: true,
  };
  const headers = {
    [CONTEXT_HEADER]: keepContext(context, { method, path: '/api/well-known/x' }),
    host: 'evil.example.com',
  };
  return new Request('http://evil.example.com/api/well-known/x', { method, headers });
};

describe('/.well-known/oauth-authorization-server', () => {
  test('describes the server, with the project’s origin for any Host', async () => {
    const response = await metadata.GET(request(), params);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await response.json()).toEqual({
      issuer: project.origin,
      token_endpoint: `${project.origin}/oauth2/token`,
      introspection_endpoint: `${project.origin}/oauth2/introspect`,
      revocation_endpoint: `${project.origin}/oauth2/revoke`,
      jwks_uri: `${project.origin}/.well-known/jwks.json`,
      scopes_supported: [
        ...['openid', 'identities:read', 'identities:write', 'credentials:read', 'credentials:write'],
        ...['sessions:read', 'sessions:write', 'recovery:write', 'schemas:write', 'jobs:read', 'jobs:write'],
        'audit:read',
        ...['applications:read', 'applications:write', 'groups:read', 'groups:write'],
      ],
      response_types_supported: [],
      grant_types_supported: ['client_credentials'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      revocation_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    });
  });
});

describe('/.well-known/jwks.json', () => {
  test('returns the public keys only', async () => {
    const response = await keySet.GET(request(), params);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('public, max-age=300');
    const { keys } = await response.json();
    expect(keys).toHaveLength(2);
    for (const key of keys) {
      expect(key).toEqual({
        kty: 'EC',
        crv: 'P-256',
        x: expect.stringMatching(/^[\w-]{43}$/),
        y: expect.stringMatching(/^[\w-]{43}$/),
        kid: expect.any(String),
        alg: 'ES256',
        use: 'sig',
      });
    }
    expect(new Set(keys.map(({ kid }: { kid: string }) => kid)).size).toBe(2);
  });

  test('differs between projects', async () => {
    const own = await (await keySet.GET(request(), params)).json();
    project = await makeProject();
    const other = await (await keySet.GET(request(), params)).json();
    expect(own.keys.map(({ x }: { x: string }) => x)).not.toEqual(other.keys.map(({ x }: { x: string }) => x));
  });
});

describe.each([
  ['oauth-authorization-server', { ...metadata }],
  ['jwks.json', { ...keySet }],
])('%s', (name, route) => {
  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const)('returns 405 for %s', async (method) => {
    const response = await route[method](request(method), params);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
  });

  test('GET responds as documented', async () => {
    await expectDocumented(`/.well-known/${name}`, 'GET', await route.GET(request(), params));
  });

  test('HEAD is GET without its body', async () => {
    const response = await route.HEAD(request('HEAD'), params);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });
});
