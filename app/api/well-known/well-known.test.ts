import { beforeEach, describe, expect, test } from 'vitest';
import { ROUTE_LIST } from '@/lib/api/routes';
import { GRANTABLE_SCOPES } from '@/lib/api-credential/model';
import { CONTEXT_HEADER, keepContext } from '@/lib/http/context';
import type { Project } from '@/lib/project/model';
import { expectDocumented } from '@/testing/documented';
import { makeProject } from '@/testing/project';
import * as keySet from './jwks.json/route';
import * as metadata from './oauth-authorization-server/route';
import * as openidConfiguration from './openid-configuration/route';

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

describe.each([
  ['oauth-authorization-server', metadata],
  ['openid-configuration', openidConfiguration],
] as const)('/.well-known/%s', (_, route) => {
  test('describes the server, with the project’s origin for any Host', async () => {
    const response = await route.GET(request(), params);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await response.json()).toMatchObject({
      issuer: project.origin,
      authorization_endpoint: `${project.origin}/oauth2/auth`,
      token_endpoint: `${project.origin}/oauth2/token`,
      introspection_endpoint: `${project.origin}/oauth2/introspect`,
      revocation_endpoint: `${project.origin}/oauth2/revoke`,
      pushed_authorization_request_endpoint: `${project.origin}/oauth2/par`,
      jwks_uri: `${project.origin}/.well-known/jwks.json`,
      scopes_supported: [...['openid', 'profile', 'email', 'groups', 'offline_access'], ...GRANTABLE_SCOPES],
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
      code_challenge_methods_supported: ['S256'],
      id_token_signing_alg_values_supported: ['RS256'],
      subject_types_supported: ['public'],
      // Discovery §3: true where it is absent.
      request_uri_parameter_supported: false,
      authorization_response_iss_parameter_supported: true,
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
      introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    });
  });

  test('lists only endpoints that answer', async () => {
    const document: Record<string, string> = await (await route.GET(request(), params)).json();
    const endpoints = Object.keys(document).filter((name) => /_(endpoint|uri)$/.test(name));
    const served = ROUTE_LIST.map(({ template }) => project.origin + template);
    for (const name of endpoints) expect(served).toContain(document[name]);
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
  ['openid-configuration', { ...openidConfiguration }],
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
