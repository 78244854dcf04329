import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { WithSecret } from '@/lib/api-credential/service';
import { db } from '@/lib/platform/db/client';
import type { Project } from '@/lib/project/model';
import { issueAccessToken, verifyAccessToken } from '@/lib/token/service';
import {
  basicHeader,
  callOAuth,
  expectNeverStored,
  expectOAuthError,
  makeClient,
  oauthRequest,
} from '@/testing/oauth-api';
import { makeProject } from '@/testing/project';
import { POST } from './route';

let project: Project;
let client: WithSecret;

beforeEach(async () => {
  project = await makeProject();
  client = await makeClient(project, { name: 'Payroll' });
});
afterEach(() => {
  vi.useRealTimers();
});

const issue = async (of = client, at = project) =>
  (
    await issueAccessToken({ projectId: at.id, origin: at.origin }, of.credential, {
      scopes: ['openid'],
      audiences: [`${at.origin}/admin`],
    })
  ).accessToken;
const revoke = (token: string, { as = client, hint = '' } = {}) =>
  callOAuth(
    POST,
    oauthRequest(project, '/oauth2/revoke', {
      form: { token, token_type_hint: hint },
      authorization: basicHeader(as),
      from: '192.0.2.7',
    }),
  );
const isGood = async (token: string, at = project) =>
  (await verifyAccessToken({ projectId: at.id, origin: at.origin, address: '192.0.2.1', requestId: 'r' }, token)) !==
  null;
const events = async () =>
  (await db()).auditEvent.findMany({ where: { projectId: project.id, type: 'access_token.revoked' } });

describe('200', () => {
  // ASVS 10.4.9
  test('revokes the token immediately, and no other', async () => {
    const [token, other] = [await issue(), await issue()];
    expect(await isGood(token)).toBe(true);
    const answer = await revoke(token);
    expect([answer.status, answer.text]).toEqual([200, '']);
    expectNeverStored(answer);
    expect([await isGood(token), await isGood(other)]).toEqual([false, true]);
  });

  test('records which client revoked the token, and not the token', async () => {
    const token = await issue();
    await revoke(token);
    const [event, ...more] = await events();
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      actorKind: 'api_credential',
      actorId: client.credential.clientId,
      requestId: 'request-1',
      address: '192.0.2.7',
    });
    const { jti } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(JSON.parse(event?.details ?? '')).toMatchObject({
      client_id: client.credential.clientId,
      name: 'Payroll',
      jti,
    });
    expect(event?.details).not.toContain(token.split('.')[2]);
  });

  test('revokes once, however often and concurrently it is called', async () => {
    const token = await issue();
    const answers = await Promise.all(Array.from({ length: 10 }, () => revoke(token)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect((await revoke(token)).status).toBe(200);
    expect(await events()).toHaveLength(1);
  });

  test.each(['access_token', 'refresh_token', 'something'])('ignores the hint: %s', async (hint) => {
    const token = await issue();
    expect((await revoke(token, { hint })).status).toBe(200);
    expect(await isGood(token)).toBe(false);
  });

  test('accepts anything that is not a token of this project', async () => {
    const other = await makeProject();
    const foreign = await issue(await makeClient(other), other);
    for (const token of ['x', 'a.b.c', 'ä', 'x'.repeat(20_000), client.clientSecret, `${await issue()}x`, foreign]) {
      const answer = await revoke(token);
      expect([answer.status, answer.text]).toEqual([200, '']);
    }
    expect(await isGood(foreign, other)).toBe(true);
    expect(await events()).toEqual([]);
    expect(await (await db()).revokedToken.count({ where: { projectId: project.id } })).toBe(0);
  });

  test('stores nothing for an expired token', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-05-01T10:00:00Z') });
    const token = await issue();
    vi.setSystemTime(new Date('2026-05-01T11:00:00Z'));
    expect((await revoke(token)).status).toBe(200);
    expect(await (await db()).revokedToken.count({ where: { projectId: project.id } })).toBe(0);
  });
});

test('returns 400 for another client’s token, which stays valid', async () => {
  const token = await issue();
  const answer = await revoke(token, { as: await makeClient(project) });
  expectOAuthError(answer, 400, 'unauthorized_client');
  expect(await isGood(token)).toBe(true);
  expect(await events()).toEqual([]);
});
