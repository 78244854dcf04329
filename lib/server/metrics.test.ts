import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { metrics, startProcessMetrics } from '@/lib/platform/metrics';
import { ensureFirstProject } from '@/lib/project/service';
import { makePerson, signIn } from '@/testing/people';
import { createFront } from './front';
import { routeTemplate } from './route-template';

/** The real front server before a stub of Next that answers 200. */
let server: Server;
let origin: string;
let metricsToken: string | undefined;
const TOKEN = 'token-of-the-tests-0123456789';

beforeAll(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const consoleOrigin = origin.replace('127.0.0.1', 'localhost');
  await ensureFirstProject(consoleOrigin);
  startProcessMetrics();
  const options = { isDevelopment: false, trustedProxies: [], consoleOrigin, isStopping: () => false };
  const serve = async (_: unknown, response: { end: (text: string) => unknown }) => void response.end('found');
  server.on('request', (request, response) => {
    void createFront({ ...options, serve, metricsToken })(request, response);
  });
});
afterAll(() => void server.close());

const scrape = (headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${origin}/metrics`, { method, headers });
const value = (text: string, start: string) =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${start} `))
      ?.split(' ')
      .at(-1) ?? Number.NaN,
  );

describe('access', () => {
  test('without a token: this machine under its own name only; 404 for others', async () => {
    metricsToken = undefined;
    const answer = await scrape();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      expect.stringMatching(/^text\/plain; version/),
    ]);
    for (const name of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'])
      expect((await scrape({ [name]: '203.0.113.7' })).status, name).toBe(404);
  });

  test('with a token: any client that sends it', async () => {
    metricsToken = TOKEN;
    for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: `Basic ${TOKEN}` }]) {
      const refused = await scrape(headers as Record<string, string>);
      expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="metrics"']);
    }
    const headers = { authorization: `Bearer ${TOKEN}`, 'x-forwarded-for': '203.0.113.7' };
    expect((await scrape(headers)).status).toBe(200);
    expect((await scrape(headers, 'POST')).status).toBe(405);
  });
});

describe('contents', () => {
  const text = async () => (await scrape({ authorization: `Bearer ${TOKEN}` })).text();
  beforeAll(() => {
    metricsToken = TOKEN;
  });

  test('requests by route template, without anything from the request', async () => {
    for (const path of [
      '/admin/identities/ada@example.com',
      '/secret-name-of-nothing',
      '/profile/secret-part',
      '/health/alive',
    ])
      await fetch(origin.replace('127.0.0.1', 'localhost') + path, { redirect: 'manual' });
    await expect.poll(text).toContain('route="/health/alive"');
    const told = await text();
    const count = (route: string) =>
      value(told, `signet_http_request_duration_seconds_count{method="GET",route="${route}",status="200"}`);
    expect([count('/admin/identities/{id}'), count('unmatched'), count('/profile/*')]).toEqual([1, 1, 1]);
    expect(told).not.toMatch(/ada@|secret-/);
  });

  test('sign-ins, sessions, database waits, the build and the process', async () => {
    const project = await ensureFirstProject(origin);
    const before = value(await text(), 'signet_sessions_active');
    await signIn(project, await makePerson(project));
    const told = await text();
    expect(value(told, 'signet_sessions_active')).toBe(before + 1);
    expect(value(told, 'signet_sign_ins_total{method="code",outcome="signed_in"}')).toBe(1);
    expect(value(told, 'signet_database_wait_seconds_count')).toBeGreaterThan(0);
    expect(told).toMatch(/^signet_build_info\{version="\d[^"]*",node="v\d[^"]*",database="(sqlite|postgresql)"\} 1$/m);
    expect(told).toMatch(/^process_cpu_user_seconds_total /m);
  });

  test('few label values', async () => {
    const all = await metrics().registry.getMetricsAsJSON();
    const labels = all
      .filter(({ name }) => name.startsWith('signet_'))
      .flatMap(({ values }) => values.flatMap((each) => Object.keys(each.labels)));
    const known = ['method', 'route', 'status', 'outcome', 'le', 'version', 'node', 'database'];
    expect([...new Set(labels)].filter((label) => !known.includes(label))).toEqual([]);
  });
});

test.each([
  ['/', '/'],
  ['/admin/identities', '/admin/identities'],
  ['/api/admin/identities/x', '/admin/identities/{id}'],
  ['/admin/identities/x/credentials/passkey/y', '/admin/identities/{id}/credentials/passkey/{credentialId}'],
  ['/admin/nothing', 'unmatched'],
  ['/.well-known/jwks.json', '/.well-known/jwks.json'],
  ['/.well-known/jwksXjson', 'unmatched'],
  ['/console/acme/shop/users', '/console/*'],
  ['/consoles', 'unmatched'],
])('labels %s as %s', (path, template) => {
  expect(routeTemplate(path)).toBe(template);
});
