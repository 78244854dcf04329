import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cliActor } from '@/lib/platform/actor';
import type { Project } from '@/lib/project/model';
import { makeProject } from '@/testing/project';
import { statementsOf } from '@/testing/statements';
import type { NewApiCredential } from '../contract';
import {
  authenticateClient,
  createApiCredential,
  getApiCredential,
  listSecretPeriods,
  recordCredentialUse,
  rotateApiCredential,
  type WithSecret,
} from '../service';

const HOUR = 3_600_000;
let project: Project;

beforeEach(async () => {
  project = await makeProject();
});
afterEach(() => {
  vi.useRealTimers();
});

const create = (input: Partial<NewApiCredential> = {}) =>
  createApiCredential(cliActor(project.id), { name: 'Payroll', ...input });
const authenticate = (
  { credential, clientSecret }: WithSecret,
  changed: Partial<Parameters<typeof authenticateClient>[0]> = {},
) =>
  authenticateClient({
    projectId: project.id,
    clientId: credential.clientId,
    clientSecret,
    authMethod: credential.authMethod,
    ...changed,
  });

describe('authenticateClient', () => {
  test('CVE-2026-28513: refuses each fault alone', async () => {
    const created = await create();
    const other = await create();
    expect(await authenticate(created, { clientSecret: other.clientSecret })).toEqual({ reason: 'unknown' });
    expect(await authenticate(created, { clientSecret: '' })).toEqual({ reason: 'unknown' });
    expect(await authenticate(created, { clientId: other.credential.clientId })).toEqual({ reason: 'unknown' });
    expect(await authenticate(created, { clientId: 'sc_unknown' })).toEqual({ reason: 'unknown' });
    expect(await authenticate(created, { projectId: (await makeProject()).id })).toEqual({ reason: 'unknown' });
    expect(await authenticate(created, { clientSecret: `${created.clientSecret}x` })).toEqual({ reason: 'unknown' });
    expect(await authenticate(created)).toMatchObject({ clientId: created.credential.clientId });
  });

  test('runs the same reads for an unknown client as for a wrong secret', async () => {
    const created = await create();
    const wrong = { clientSecret: 'wrong' };
    const ofKnown = await statementsOf(() => authenticate(created, wrong));
    expect(ofKnown).toHaveLength(1);
    expect(ofKnown[0]).toContain("coalesce(c.id, 'none')"); // looks for secrets also without a credential
    expect(await statementsOf(() => authenticate(created, { ...wrong, clientId: 'sc_unknown' }))).toEqual(ofKnown);
  });

  test('reveals the registered method only for a valid secret', async () => {
    const created = await create({ authMethod: 'client_secret_post' });
    expect(await authenticate(created, { authMethod: 'client_secret_basic' })).toEqual({
      reason: 'method',
      registered: 'client_secret_post',
    });
    expect(await authenticate(created, { authMethod: 'client_secret_basic', clientSecret: 'wrong' })).toEqual({
      reason: 'unknown',
    });
  });

  test('CVE-2025-64708: accepts a credential until exactly its expiry', async () => {
    const created = await create({ expiresAt: new Date(Date.now() + HOUR) });
    const end = created.credential.expiresAt?.getTime() ?? 0;
    vi.useFakeTimers({ toFake: ['Date'], now: end - 1 });
    expect(await authenticate(created)).toMatchObject({ clientId: created.credential.clientId });
    vi.setSystemTime(end);
    expect(await authenticate(created)).toEqual({ reason: 'expired' });
    expect(await authenticate(created, { clientSecret: 'wrong' })).toEqual({ reason: 'unknown' });
  });
});

describe('recordCredentialUse', () => {
  test('writes at most once a minute', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-05-01T10:00:00Z') });
    const { credential } = await create();
    const read = () => getApiCredential(project.id, credential.clientId);
    await recordCredentialUse(await read(), '192.0.2.1');
    expect(await read()).toMatchObject({ lastUsedAt: new Date('2026-05-01T10:00:00Z'), lastUsedAddress: '192.0.2.1' });
    vi.setSystemTime(new Date('2026-05-01T10:00:59Z'));
    await recordCredentialUse(await read(), '192.0.2.2');
    await recordCredentialUse(credential, '192.0.2.2'); // read before the first use
    expect(await read()).toMatchObject({ lastUsedAddress: '192.0.2.1' });
    vi.setSystemTime(new Date('2026-05-01T10:01:00Z'));
    await recordCredentialUse(await read(), '192.0.2.2');
    expect(await read()).toMatchObject({ lastUsedAt: new Date('2026-05-01T10:01:00Z'), lastUsedAddress: '192.0.2.2' });
  });
});

describe('the last use of a secret', () => {
  const at = (time: string) => vi.setSystemTime(new Date(`2026-05-01T${time}Z`));
  const uses = async ({ credential }: WithSecret) =>
    (await listSecretPeriods(project.id, credential.clientId, new Date())).map(({ lastUsedAt }) =>
      lastUsedAt?.toISOString().slice(11, 19),
    );

  test('is recorded per secret, at most once a minute', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-05-01T10:00:00Z') });
    const old = await create();
    await authenticate(old);
    await vi.waitFor(async () => expect(await uses(old)).toEqual(['10:00:00']));
    at('10:00:59');
    const fresh = await rotateApiCredential(cliActor(project.id), old.credential.clientId, { overlapHours: 1 });
    await authenticate(old);
    await authenticate(fresh);
    await vi.waitFor(async () => expect(await uses(old)).toEqual(['10:00:59', '10:00:00']));
    at('10:01:00');
    await authenticate(old);
    await authenticate(fresh);
    await vi.waitFor(async () => expect(await uses(old)).toEqual(['10:00:59', '10:01:00']));
  });

  test('does not include failed attempts', async () => {
    const created = await create({ expiresAt: new Date(Date.now() + HOUR) });
    await authenticate(created, { clientSecret: `${created.clientSecret}x` });
    await authenticate(created, { authMethod: 'client_secret_post' });
    const other = await create();
    await authenticate(other);
    // This use is written after any of the failed attempts would have been.
    await vi.waitFor(async () => expect(await uses(other)).not.toEqual([undefined]));
    expect(await uses(created)).toEqual([undefined]);
  });
});
