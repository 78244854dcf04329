import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { listLogoutDeliveries, readNoticeQueue } from '@/lib/application-session/service';
import { db } from '@/lib/platform/db/client';
import type { Project } from '@/lib/project/model';
import { endCurrentSession } from '@/lib/session/service';
import { toKeySet } from '@/lib/token/contract';
import { publishedKeys } from '@/lib/token/service';
import { readEvents } from '@/testing/events';
import { makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { makeRelyingParty, signInTo } from '@/testing/relying-parties';
import { deliverDueNotices } from './deliver-logout';

type Received = { method: string | undefined; type: string | undefined; body: string };
let project: Project;
let server: Server;
let received: Received[];
/** Of the relying party; null: it never answers. */
let status: number | null;
let uri: string;

beforeEach(async () => {
  await (await db()).logoutNotice.deleteMany();
  project = await makeProject();
  [received, status] = [[], 200];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      received.push({ method: request.method, type: request.headers['content-type'], body });
      if (status === 302) response.setHeader('location', `${uri}/elsewhere`);
      if (status !== null) response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/logout`;
});
afterEach(async () => {
  vi.useRealTimers();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** A person signs in to an application, and out again. */
async function signedOut(logoutUri = uri) {
  const proof = await signIn(project, await makePerson(project));
  const application = await makeRelyingParty(project, { logoutUri });
  const session = await signInTo(application, proof);
  await endCurrentSession(proof);
  return { application, session, proof, deliveries: () => listLogoutDeliveries(project.id, application.id, 10) };
}

// Back-Channel Logout §2.4, §2.5
test('posts a logout token that verifies against the published keys', async () => {
  const { application, session, proof, deliveries } = await signedOut();
  expect(await deliverDueNotices()).toBe(1);
  expect(received).toMatchObject([{ method: 'POST', type: 'application/x-www-form-urlencoded' }]);
  const token = new URLSearchParams(received[0]?.body).get('logout_token') ?? '';
  const keys = createLocalJWKSet(toKeySet(await publishedKeys(project.id)) as Parameters<typeof createLocalJWKSet>[0]);
  const { payload } = await jwtVerify(token, keys, {
    ...{ issuer: project.origin, audience: application.clientId, typ: 'logout+jwt', algorithms: ['RS256'] },
  });
  expect(payload).toMatchObject({ sub: proof.identity.id, sid: session.id });
  expect(payload).not.toHaveProperty('nonce');
  expect(await deliveries()).toMatchObject([{ state: 'sent', attempts: 1, reason: null }]);
  const rows = await (await db()).logoutNotice.findMany({ where: { projectId: project.id } });
  expect(rows.map(({ payload: kept }) => kept)).toEqual([null]);
});

describe('a refused notice', () => {
  test.each([400, 500, 302, 404])('is retried after 10 seconds, and sent once: %i', async (refusal) => {
    const { deliveries } = await signedOut();
    status = refusal;
    await deliverDueNotices();
    expect(await deliveries()).toMatchObject([{ state: 'queued', attempts: 1, reason: `http_${refusal}` }]);
    expect(received).toHaveLength(1); // a redirect is not followed
    status = 204;
    expect(await deliverDueNotices(new Date(Date.now() + 5000))).toBe(0);
    expect(await deliverDueNotices(new Date(Date.now() + 15_000))).toBe(1);
    expect(await deliveries()).toMatchObject([{ state: 'sent', attempts: 2 }]);
    expect(await deliverDueNotices(new Date(Date.now() + 3_600_000))).toBe(0);
  });

  test('by no server at all does not hold up others', async () => {
    const broken = await signedOut('http://127.0.0.1:9/logout');
    const fine = await signedOut();
    await deliverDueNotices();
    expect(await broken.deliveries()).toMatchObject([{ state: 'queued', reason: 'unreachable' }]);
    expect(await fine.deliveries()).toMatchObject([{ state: 'sent' }]);
  });

  test('is abandoned after a day, with an event', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { application, deliveries } = await signedOut();
    status = 500;
    vi.setSystemTime(Date.now() + 24 * 3_600_000);
    await deliverDueNotices();
    expect(await deliveries()).toMatchObject([{ state: 'failed', reason: 'http_500' }]);
    expect(await readEvents(project.id, 'logout_notice.failed')).toMatchObject([
      {
        details: { application_id: application.id, client_id: application.clientId, name: 'Wiki', reason: 'http_500' },
      },
    ]);
    const day = new Date(Date.now() - 24 * 3_600_000);
    expect(await readNoticeQueue(day)).toMatchObject({ waiting: 0, failed: 1, lastError: 'http_500' });
  });
});

test('a deleted application still receives its notice', async () => {
  const { application } = await signedOut();
  await (await db()).application.delete({ where: { id: application.id } });
  await deliverDueNotices();
  expect(received).toHaveLength(1);
});

test('of two processes, one sends a notice', async () => {
  await signedOut();
  await Promise.all([deliverDueNotices(), deliverDueNotices()]);
  expect(received).toHaveLength(1);
});
