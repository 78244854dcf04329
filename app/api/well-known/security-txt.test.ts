import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { CONTEXT_HEADER, keepContext } from '@/lib/http/context';
import { resetEnv } from '@/lib/platform/env';
import type { Project } from '@/lib/project/model';
import { makeProject } from '@/testing/project';
import * as securityTxt from './security.txt/route';

let project: Project;
const params = { params: Promise.resolve({}) };

function request(method = 'GET'): Request {
  const { id: projectId, name: projectName, origin } = project;
  const about = { project, projectId, projectName, origin, accentColor: null, logoHash: null, isConsoleHost: false };
  const context = { requestId: 'request-1', address: '192.0.2.1', userAgent: '', ...about };
  const path = '/api/well-known/security.txt';
  return new Request(`http://evil.example.com${path}`, {
    method,
    headers: { [CONTEXT_HEADER]: keepContext(context, { method, path }) },
  });
}

beforeAll(async () => {
  project = await makeProject();
});
afterEach(() => {
  vi.unstubAllEnvs();
  resetEnv();
});

function stubContact(contact: string): void {
  vi.stubEnv('SIGNET_SECURITY_CONTACT', contact);
  resetEnv();
}

test('returns the contact, and an expiry less than a year ahead', async () => {
  stubContact('mailto:security@example.com');
  const response = await securityTxt.GET(request(), params);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  const text = await response.text();
  const expires = /^Expires: (\d{4}-\d\d-\d\dT00:00:00\.000Z)$/m.exec(text)?.[1] ?? '';
  expect(text.split('\n')).toEqual([
    'Contact: mailto:security@example.com',
    `Expires: ${expires}`,
    'Preferred-Languages: en, de',
    `Canonical: ${project.origin}/.well-known/security.txt`,
    '',
  ]);
  const days = (Date.parse(expires) - Date.now()) / (24 * 60 * 60 * 1000);
  expect(days).toBeGreaterThan(90);
  expect(days).toBeLessThan(365);
});

test('returns 404 without a contact', async () => {
  stubContact('');
  expect((await securityTxt.GET(request(), params)).status).toBe(404);
});

test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const)('returns 405 for %s', async (method) => {
  stubContact('https://example.com/report');
  const handlers = { ...securityTxt };
  expect((await handlers[method](request(method), params)).status).toBe(405);
});
