import { beforeAll, describe, expect, test } from 'vitest';
import { CONTEXT_HEADER, keepContext } from '@/lib/http/context';
import type { Project } from '@/lib/project/model';
import { makeProject } from '@/testing/project';
import * as unknown from './[...name]/route';
import * as changePassword from './change-password/route';
import * as passkeyEndpoints from './passkey-endpoints/route';

let project: Project;
const params = { params: Promise.resolve({}) };

/** A request that names another host than the project's. */
function request(method = 'GET'): Request {
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
    isConsoleHost: false,
  };
  const headers = {
    [CONTEXT_HEADER]: keepContext(context, { method, path: '/api/well-known/x' }),
    host: 'evil.example.com',
  };
  return new Request('http://evil.example.com/api/well-known/x', { method, headers });
}

beforeAll(async () => {
  project = await makeProject();
});

describe('200', () => {
  test('passkey-endpoints returns JSON with absolute URLs on the project’s origin', async () => {
    const response = await passkeyEndpoints.GET(request(), params);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    const profile = `${project.origin}/profile`;
    expect(await response.json()).toEqual({ enroll: profile, manage: profile });
  });
});

describe('302', () => {
  test('change-password redirects to the page on the project’s origin', async () => {
    const response = await changePassword.GET(request(), params);
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe(`${project.origin}/profile`);
  });
});

describe('404', () => {
  test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'] as const)(
    'refuses any other name: %s',
    async (method) => {
      const handlers = { ...unknown };
      const response = await handlers[method](request(method));
      expect(response.status).toBe(404);
    },
  );
});

describe('405', () => {
  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const)(
    'refuses %s on an existing name',
    async (method) => {
      for (const route of [passkeyEndpoints, changePassword]) {
        const response = await route[method](request(method), params);
        expect(response.status).toBe(405);
        expect(response.headers.get('allow')).toBe('GET, HEAD');
      }
    },
  );
});

test('refuses requests that bypass the front server', async () => {
  const bare = new Request('http://localhost/api/well-known/passkey-endpoints');
  await expect(passkeyEndpoints.GET(bare, params)).rejects.toThrow();
});
