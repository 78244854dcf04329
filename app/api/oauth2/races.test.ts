import { beforeEach, describe, expect, test } from 'vitest';
import {
  listSecretPeriods,
  revokeApiCredential,
  rotateApiCredential,
  type WithSecret,
} from '@/lib/api-credential/service';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import type { Project } from '@/lib/project/model';
import { rotateSigningKey } from '@/lib/token/service';
import { callHandler } from '@/testing/admin-api';
import { basicHeader, callOAuth, makeClient, oauthRequest } from '@/testing/oauth-api';
import { makeProject } from '@/testing/project';
import * as identities from '../admin/identities/route';
import { POST as introspect } from './introspect/route';
import { POST as revoke } from './revoke/route';
import { POST as token } from './token/route';

/** What concurrent clients see at the endpoints while keys, tokens, secrets and credentials change. */
let project: Project;
let client: WithSecret;

beforeEach(async () => {
  project = await makeProject();
  client = await makeClient(project);
});

const times = <T>(count: number, work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

/** Runs `works` repeatedly until `change` is done, and each of them once more after it (`isOver`). */
async function during<T>(
  change: () => Promise<T>,
  works: ReadonlyArray<(isOver: boolean) => Promise<void>>,
): Promise<T> {
  let isDone = false;
  const repeat = async (work: (isOver: boolean) => Promise<void>) => {
    for (let isOver = false; !isOver; ) {
      isOver = isDone;
      await work(isOver);
    }
  };
  const changing = change().finally(() => {
    isDone = true;
  });
  const [changed] = await Promise.all([changing, ...works.map(repeat)]);
  return changed;
}

const requestToken = (as: WithSecret) =>
  callOAuth(
    token,
    oauthRequest(project, '/oauth2/token', {
      form: { grant_type: 'client_credentials', scope: 'identities:read' },
      authorization: basicHeader(as),
    }),
  );
const issue = async (as = client) => (await requestToken(as)).body.access_token;
const withToken = (route: typeof revoke | typeof introspect, path: string, accessToken: string) =>
  callOAuth(route, oauthRequest(project, path, { form: { token: accessToken }, authorization: basicHeader(client) }));
const revokeToken = (accessToken: string) => withToken(revoke, '/oauth2/revoke', accessToken);
const introspectToken = (accessToken: string) => withToken(introspect, '/oauth2/introspect', accessToken);
const use = async (accessToken: string) =>
  (await callHandler(project, '/admin/identities', { ...identities }, 'GET', { token: accessToken })).status;
const keyOf = (accessToken: string): string =>
  JSON.parse(Buffer.from(accessToken.split('.')[0] ?? '', 'base64url').toString()).kid;
const events = async (type: string) => (await db()).auditEvent.findMany({ where: { projectId: project.id, type } });

test('keeps every token valid while signing keys rotate repeatedly', async () => {
  const tokens: string[] = [];
  const statuses: number[] = [];
  const work = async () => {
    const issued = await requestToken(client);
    tokens.push(issued.body.access_token);
    statuses.push(issued.status, await use(issued.body.access_token));
  };
  const change = async () => {
    for (let round = 0; round < 5; round++) await rotateSigningKey(cliActor(project.id), { isUrgent: true });
  };
  await during(change, [work, work, work, work]);
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(new Set(tokens.map(keyOf)).size).toBeGreaterThan(1);
  expect(new Set(await Promise.all(tokens.map(use)))).toEqual(new Set([200]));
  expect(await events('signing_key.rotated')).toHaveLength(5);
});

describe('changes during use', () => {
  test('refuses each revoked token from the response on, and no other', async () => {
    const tokens = await times(6, () => issue());
    const kept = await issue();
    const over = new Set<string>();
    const faults: string[] = [];
    const worker = (accessToken: string) => async () => {
      const wasOver = over.has(accessToken);
      const [status, told] = await Promise.all([use(accessToken), introspectToken(accessToken)]);
      if (wasOver && (status !== 401 || told.body.active !== false)) faults.push(`accepted: ${status} ${told.text}`);
      if (![200, 401].includes(status) || told.status !== 200) faults.push(`${status} ${told.status}`);
      if ((await use(kept)) !== 200) faults.push('another token was refused');
    };
    const change = async () => {
      for (const accessToken of tokens) {
        expect((await revokeToken(accessToken)).status).toBe(200);
        over.add(accessToken);
      }
    };
    await during(change, tokens.map(worker));
    expect(faults).toEqual([]);
    expect(await Promise.all(tokens.map(use))).toEqual(tokens.map(() => 401));
  });

  test('accepts and issues no token after the credential is revoked', async () => {
    const tokens = await times(4, () => issue());
    const faults: string[] = [];
    const worker = (accessToken: string) => async (isOver: boolean) => {
      const [status, issued] = await Promise.all([use(accessToken), requestToken(client)]);
      if (isOver && (status !== 401 || issued.status !== 401)) faults.push(`accepted: ${status} ${issued.status}`);
      if (issued.status === 200) tokens.push(issued.body.access_token);
    };
    const revokeCredential = () => revokeApiCredential(cliActor(project.id), client.credential.clientId);
    await during(revokeCredential, tokens.map(worker));
    expect(faults).toEqual([]);
    // Including tokens signed while the credential was being revoked.
    expect(new Set(await Promise.all(tokens.map(use)))).toEqual(new Set([401]));
  });
});

describe('concurrent rotations of secrets', () => {
  const rotate = (overlapHours: number, name = 'New') =>
    rotateApiCredential(cliActor(project.id), client.credential.clientId, { overlapHours, name });
  const isAccepted = async (secret: WithSecret) => (await requestToken(secret)).status === 200;

  test('keep each returned secret and the first valid throughout the overlap', async () => {
    const statuses: number[] = [];
    const work = async () => {
      statuses.push((await requestToken(client)).status);
    };
    const made = await during(() => times(4, (index) => rotate(1, `Server ${index}`)), [work, work]);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await Promise.all([client, ...made].map(isAccepted))).toEqual(Array(5).fill(true));
    const periods = await listSecretPeriods(project.id, client.credential.clientId, new Date());
    expect(periods.map(({ expiresAt }) => expiresAt === null)).toEqual([true, false, false, false, false]);
    expect(periods.map(({ name }) => name).sort()).toEqual(['Server 0', 'Server 1', 'Server 2', 'Server 3', null]);
    expect(await events('api_credential.rotated')).toHaveLength(4);
  });

  test('allow four secrets besides the first, and refuse the rest', async () => {
    const outcomes = await times(8, () => rotate(1).catch((error) => error));
    const made = outcomes.filter((outcome) => 'clientSecret' in outcome);
    expect(made).toHaveLength(4);
    for (const refused of outcomes.filter((outcome) => !made.includes(outcome)))
      expect(refused).toMatchObject({ code: 'too_many_secrets' });
    expect(await Promise.all([client, ...made].map(isAccepted))).toEqual(Array(5).fill(true));
  });

  test('leave no secret valid when the credential is revoked concurrently', async () => {
    const { clientId, id } = client.credential;
    const rotations = times(4, () => rotate(1).catch((error) => error));
    await revokeApiCredential(cliActor(project.id), clientId);
    for (const outcome of await rotations) {
      if ('clientSecret' in outcome) expect(await isAccepted(outcome)).toBe(false);
      else expect(outcome).toMatchObject({ code: 'invalid_input' });
    }
    expect(await (await db()).apiCredentialSecret.count({ where: { apiCredentialId: id } })).toBe(0);
  });
});
