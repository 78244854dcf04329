import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import type { Project } from '@/lib/project/model';
import { makeProject } from '@/testing/project';
import type { NewApiCredential } from './contract';
import { allowedAudiences, PRESETS } from './model';
import {
  authenticateClient,
  countApiCredentials,
  countUsableCredentials,
  createApiCredential,
  findApiCredential,
  getApiCredential,
  listApiCredentials,
  listSecretPeriods,
  listSecretsOfCredentials,
  revokeApiCredential,
  revokeSecret,
  rotateApiCredential,
  updateApiCredential,
  type WithSecret,
} from './service';

const HOUR = 3_600_000;
const READ = [...PRESETS.read];
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
const travel = (millis: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + millis });
const events = async () => {
  const rows = await (await db()).auditEvent.findMany({ where: { projectId: project.id }, orderBy: { id: 'asc' } });
  return rows.map(({ type, actorKind, details }) => ({ type, actorKind, details: JSON.parse(details) }));
};

describe('createApiCredential', () => {
  test('returns a credential with a working secret and records an event', async () => {
    const created = await create({ name: '  Payroll  ' });
    expect(created.credential).toMatchObject({
      name: 'Payroll',
      scopes: PRESETS.full,
      authMethod: 'client_secret_basic',
    });
    expect(await authenticate(created)).toMatchObject({ clientId: created.credential.clientId });
    expect(await events()).toMatchObject([{ type: 'api_credential.created', actorKind: 'cli' }]);
  });

  // ASVS 6.5.2
  test('stores no plaintext secret', async () => {
    const { credential, clientSecret } = await create();
    const database = await db();
    const stored = JSON.stringify([
      await database.apiCredential.findMany({ where: { projectId: project.id }, include: { secrets: true } }),
      await database.auditEvent.findMany({ where: { projectId: project.id } }),
    ]);
    expect(stored).toContain(credential.clientId);
    expect(stored).not.toContain(clientSecret.slice(10, 40));
  });

  test('derives the admin audience from the origin and stores the others', async () => {
    const { credential } = await create({ audiences: ['https://api.example.com'] });
    expect(allowedAudiences(credential, 'https://new.example.com')).toEqual([
      'https://new.example.com/admin',
      'https://api.example.com',
    ]);
  });

  test.each([
    ['an empty name', { name: ' ' }],
    ['a name with a line break', { name: 'a\nb' }],
    ['a name with NUL', { name: 'a\0b' }],
    ['an invisible name', { name: '\u2800' }],
    ['a name with a right-to-left override', { name: 'a\u202eb' }],
    ['a name of 101 characters', { name: 'x'.repeat(101) }],
    ['an expiry in the past', { expiresAt: new Date(0) }],
    ['an expiry with a year of five digits', { expiresAt: new Date(Date.UTC(10_000, 0)) }],
    ['an audience with a space', { audiences: ['https://a.example https://b.example'] }],
    ['a relative audience', { audiences: ['/admin'] }],
    ['an audience with a fragment', { audiences: ['https://a.example/#x'] }],
    ['an empty secret label', { secretName: ' ' }],
  ])('refuses %s', async (_what, input) => {
    await expect(create(input)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(await listApiCredentials(project.id)).toEqual([]);
  });
});

describe('reading', () => {
  test('finds nothing from another project', async () => {
    const { credential } = await create();
    const other = await makeProject();
    expect(await findApiCredential(other.id, credential.clientId)).toBeNull();
    expect(await listApiCredentials(other.id)).toEqual([]);
    await expect(getApiCredential(other.id, credential.clientId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(revokeApiCredential(cliActor(other.id), credential.clientId)).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await getApiCredential(project.id, credential.clientId)).toMatchObject({ revokedAt: null });
  });

  test('lists newest first, in pages, optionally by revocation', async () => {
    for (const name of ['first', 'second', 'third']) await create({ name });
    const names = async (...filter: [Parameters<typeof listApiCredentials>[1]?]) =>
      (await listApiCredentials(project.id, ...filter)).map(({ name }) => name);
    expect(await names()).toEqual(['third', 'second', 'first']);
    expect(await names({ limit: 2 })).toEqual(['third', 'second']);
    const [, second, first] = await listApiCredentials(project.id);
    expect(await names({ before: second?.id })).toEqual(['first']);
    expect(await names({ after: second?.id })).toEqual(['third']);
    expect(await names({ after: first?.id, limit: 1 })).toEqual(['second']);
    await revokeApiCredential(cliActor(project.id), second?.clientId ?? '');
    expect(await names({ isRevoked: true })).toEqual(['second']);
    expect(await names({ isRevoked: false })).toEqual(['third', 'first']);
    expect(await countApiCredentials(project.id)).toBe(3);
  });

  test('counts usable credentials', async () => {
    const [kept, revoked] = [await create({ expiresAt: new Date(Date.now() + HOUR) }), await create()];
    await create();
    await revokeApiCredential(cliActor(project.id), revoked.credential.clientId);
    expect(await countUsableCredentials(project.id)).toBe(2);
    expect(await countUsableCredentials(project.id, kept.credential.expiresAt ?? undefined)).toBe(1);
    expect(await countUsableCredentials((await makeProject()).id)).toBe(0);
  });

  test('lists active secrets without the secret values', async () => {
    const { credential } = await create({ secretName: 'Old server' });
    const { createdAt } = credential;
    const unused = { id: expect.any(String), lastUsedAt: null };
    const periods = (at = new Date()) => listSecretPeriods(project.id, credential.clientId, at);
    expect(await periods()).toEqual([{ ...unused, name: 'Old server', createdAt, expiresAt: null }]);
    const { previousEndsAt } = await rotateApiCredential(cliActor(project.id), credential.clientId, {
      overlapHours: 1,
    });
    const both = [
      { ...unused, name: null, createdAt: expect.any(Date), expiresAt: null },
      { ...unused, name: 'Old server', createdAt, expiresAt: previousEndsAt },
    ];
    expect(await periods()).toEqual(both);
    const { credential: other } = await create();
    const listed = await listSecretsOfCredentials(project.id, [credential, other], new Date());
    expect(listed.filter(({ apiCredentialId }) => apiCredentialId === credential.id)).toMatchObject(both);
    expect(listed).toHaveLength(3);
    expect(await listSecretsOfCredentials((await makeProject()).id, [credential], new Date())).toEqual([]);
    expect(await periods(previousEndsAt)).toHaveLength(1);
    expect(await listSecretPeriods((await makeProject()).id, credential.clientId, new Date())).toEqual([]);
    await revokeApiCredential(cliActor(project.id), credential.clientId);
    expect(await periods()).toEqual([]);
  });
});

describe('updateApiCredential', () => {
  test('changes the given fields and records before and after', async () => {
    const { credential } = await create();
    const changed = await updateApiCredential(cliActor(project.id), credential.clientId, {
      name: 'Wages',
      scopes: READ,
    });
    expect(changed).toMatchObject({ name: 'Wages', scopes: READ, authMethod: 'client_secret_basic' });
    expect(await getApiCredential(project.id, credential.clientId)).toMatchObject({
      name: 'Wages',
      scopes: READ,
    });
    expect((await events()).at(-1)).toMatchObject({
      type: 'api_credential.updated',
      details: {
        changes: { '/name': { before: 'Payroll', after: 'Wages' }, '/scopes': { before: PRESETS.full, after: READ } },
      },
    });
  });

  // ASVS 10.4.11
  test('stores chosen scopes without duplicates and refuses an empty list', async () => {
    const { credential } = await create({ scopes: ['audit:read', 'identities:read', 'audit:read'] });
    expect(credential.scopes).toEqual(['identities:read', 'audit:read']);
    const change = (scopes: NewApiCredential['scopes']) =>
      updateApiCredential(cliActor(project.id), credential.clientId, { scopes });
    expect((await change(['recovery:write'])).scopes).toEqual(['recovery:write']);
    expect((await getApiCredential(project.id, credential.clientId)).scopes).toEqual(['recovery:write']);
    await expect(change([])).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(create({ scopes: [] })).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('ignores unknown stored scopes and adds none to a stored list', async () => {
    const { credential } = await create();
    const scopes = JSON.stringify(['identities:read', 'unheard:of', 7]);
    await (await db()).apiCredential.update({ where: { id: credential.id }, data: { scopes, permission: 'full' } });
    expect((await getApiCredential(project.id, credential.clientId)).scopes).toEqual(['identities:read']);
  });

  test('replaces the list of audiences', async () => {
    const { credential } = await create({ audiences: ['https://a.example.com'] });
    const change = (audiences: string[]) =>
      updateApiCredential(cliActor(project.id), credential.clientId, { audiences });
    await change(['https://b.example.com', 'https://c.example.com']);
    expect((await getApiCredential(project.id, credential.clientId)).audiences).toEqual([
      'https://b.example.com',
      'https://c.example.com',
    ]);
    await expect(change(['/b'])).rejects.toMatchObject({ code: 'invalid_input' });
    expect((await events()).at(-1)?.details.changes).toEqual({
      '/audiences': { before: ['https://a.example.com'], after: ['https://b.example.com', 'https://c.example.com'] },
    });
  });

  test('records no event without a change', async () => {
    const { credential } = await create();
    await updateApiCredential(cliActor(project.id), credential.clientId, { name: 'Payroll', scopes: undefined });
    expect(await events()).toHaveLength(1);
  });

  test('reports a concurrent change as a conflict and does not overwrite it', async () => {
    const { credential } = await create();
    const at = new Date(Date.now() + HOUR);
    const change = (...args: [NewApiCredential | object, object?]) =>
      updateApiCredential(cliActor(project.id), credential.clientId, ...args);
    await change({ name: 'Theirs', expiresAt: at });
    await expect(change({ name: 'Mine', scopes: READ }, credential)).rejects.toMatchObject({
      code: 'version_conflict',
      details: { conflicts: [{ pointer: '/name', base: 'Payroll', mine: 'Mine', theirs: 'Theirs' }] },
    });
    await expect(change({ expiresAt: null }, { expiresAt: new Date(0) })).rejects.toMatchObject({
      details: { conflicts: [{ pointer: '/expiresAt', mine: null, theirs: at.toISOString() }] },
    });
    expect(await getApiCredential(project.id, credential.clientId)).toMatchObject({
      name: 'Theirs',
      scopes: PRESETS.full,
    });
    await expect(change({ name: 'Mine' }, {})).rejects.toMatchObject({ code: 'version_conflict' });
    // No conflict: an unchanged field, another field, the same new value, or an up-to-date base.
    expect(await change({ name: 'Payroll' }, { name: 'Payroll' })).toMatchObject({ name: 'Theirs' });
    expect(await change({ scopes: READ }, { scopes: PRESETS.full.toReversed() })).toMatchObject({ name: 'Theirs' });
    expect(await change({ name: 'Theirs' }, { name: 'Payroll' })).toMatchObject({ name: 'Theirs' });
    expect(await change({ name: 'Mine' }, { name: 'Theirs' })).toMatchObject({ name: 'Mine', expiresAt: at });
  });

  test('refuses one of two concurrent renames', async () => {
    const { credential } = await create();
    const rename = (name: string) =>
      updateApiCredential(cliActor(project.id), credential.clientId, { name }, { name: credential.name });
    const outcomes = await Promise.allSettled([rename('One'), rename('Two')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('refuses a revoked credential', async () => {
    const { credential } = await create();
    await revokeApiCredential(cliActor(project.id), credential.clientId);
    const change = updateApiCredential(cliActor(project.id), credential.clientId, { name: 'Wages' });
    await expect(change).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

describe('rotateApiCredential', () => {
  const rotate = (clientId: string, overlapHours: number) =>
    rotateApiCredential(cliActor(project.id), clientId, { overlapHours });

  test('CVE-2025-64708: accepts both secrets during the overlap, then only the new one', async () => {
    const old = await create();
    const fresh = await rotate(old.credential.clientId, 2);
    expect(await authenticate(old)).toMatchObject({ name: 'Payroll' });
    expect(await authenticate(fresh)).toMatchObject({ name: 'Payroll' });
    travel(2 * HOUR);
    expect(await authenticate(old)).toEqual({ reason: 'unknown' });
    expect(await authenticate(fresh)).toMatchObject({ name: 'Payroll' });
    expect((await events()).at(-1)).toMatchObject({ type: 'api_credential.rotated' });
  });

  test('ends the old secret immediately without an overlap', async () => {
    const old = await create();
    const fresh = await rotate(old.credential.clientId, 0);
    expect(await authenticate(old)).toEqual({ reason: 'unknown' });
    expect(await authenticate(fresh)).toMatchObject({ name: 'Payroll' });
  });

  test('does not extend the expiry of a previous secret', async () => {
    const first = await create();
    await rotate(first.credential.clientId, 1);
    await rotate(first.credential.clientId, 48);
    travel(HOUR);
    expect(await authenticate(first)).toEqual({ reason: 'unknown' });
  });

  test('refuses a sixth secret instead of ending one before its announced expiry', async () => {
    const first = await create();
    const { clientId } = first.credential;
    const secrets: WithSecret[] = [first];
    for (let round = 0; round < 4; round++) secrets.push(await rotate(clientId, 24));
    const periods = await listSecretPeriods(project.id, clientId, new Date());
    const eventCount = (await events()).length;
    for (const overlapHours of [1, 24]) {
      await expect(rotate(clientId, overlapHours)).rejects.toMatchObject({
        code: 'too_many_secrets',
        details: { reason: expect.stringContaining('revoke-secret') },
      });
    }
    expect(await listSecretPeriods(project.id, clientId, new Date())).toEqual(periods);
    expect((await events()).length).toBe(eventCount);
    const outcomes = await Promise.all(secrets.map((secret) => authenticate(secret)));
    expect(outcomes.map((outcome) => 'clientId' in outcome)).toEqual([true, true, true, true, true]);
  });

  test('accepts another secret after one is revoked, after expiry, or without an overlap', async () => {
    const { clientId } = (await create()).credential;
    for (let round = 0; round < 4; round++) await rotate(clientId, 24);
    const oldest = (await listSecretPeriods(project.id, clientId, new Date())).at(-1);
    await revokeSecret(cliActor(project.id), clientId, oldest?.id ?? '');
    await rotate(clientId, 24);
    await expect(rotate(clientId, 24)).rejects.toMatchObject({ code: 'too_many_secrets' });
    travel(24 * HOUR);
    for (let round = 0; round < 4; round++) await rotate(clientId, 24);
    await expect(rotate(clientId, 24)).rejects.toMatchObject({ code: 'too_many_secrets' });
    await rotate(clientId, 0);
    expect(await listSecretPeriods(project.id, clientId, new Date())).toHaveLength(1);
  });

  test('leaves one secret after concurrent rotations without an overlap', async () => {
    const old = await create();
    const all = await Promise.all(Array.from({ length: 6 }, () => rotate(old.credential.clientId, 0)));
    const outcomes = await Promise.all(all.map((secret) => authenticate(secret)));
    expect(outcomes.filter((outcome) => 'clientId' in outcome)).toHaveLength(1);
  });

  test.each([-1, Number.NaN, 24 * 30 + 1])('refuses an overlap of %s hours', async (hours) => {
    const { credential } = await create();
    await expect(rotate(credential.clientId, hours)).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('refuses a revoked, an expired and an unknown credential', async () => {
    const revoked = await create();
    await revokeApiCredential(cliActor(project.id), revoked.credential.clientId);
    await expect(rotate(revoked.credential.clientId, 1)).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(rotate('sc_unknown', 1)).rejects.toMatchObject({ code: 'not_found' });
    const expired = await create({ expiresAt: new Date(Date.now() + HOUR) });
    travel(HOUR);
    await expect(rotate(expired.credential.clientId, 1)).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

describe('revokeSecret', () => {
  const end = (clientId: string, id = '', at = project) => revokeSecret(cliActor(at.id), clientId, id);
  const rotated = async () => {
    const old = await create();
    const { clientId } = old.credential;
    const fresh = await rotateApiCredential(cliActor(project.id), clientId, { overlapHours: 24, name: 'New server' });
    const [current, previous] = await listSecretPeriods(project.id, clientId, new Date());
    return { old, fresh, clientId, current, previous };
  };

  test('ends a previous secret immediately and keeps the current one', async () => {
    const { old, fresh, clientId, current, previous } = await rotated();
    expect(current).toMatchObject({ name: 'New server', expiresAt: null });
    await end(clientId, previous?.id);
    expect(await authenticate(old)).toEqual({ reason: 'unknown' });
    expect(await authenticate(fresh)).toMatchObject({ clientId });
    expect(await events()).toMatchObject([{}, { details: { secret_name: 'New server' } }, {}]);
    const pointer = `/secrets/${previous?.id}/expires_at`;
    expect((await events()).at(-1)).toMatchObject({
      type: 'api_credential.updated',
      details: { client_id: clientId, changes: { [pointer]: { before: previous?.expiresAt?.toISOString() } } },
    });
  });

  test("refuses the current secret, an expired one and another credential's", async () => {
    const { fresh, clientId, current, previous } = await rotated();
    await expect(end(clientId, current?.id)).rejects.toMatchObject({ code: 'invalid_input' });
    const { credential: other } = await create();
    await expect(end(other.clientId, previous?.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(end(clientId, previous?.id, await makeProject())).rejects.toMatchObject({ code: 'not_found' });
    travel(24 * HOUR);
    await expect(end(clientId, previous?.id)).rejects.toMatchObject({ code: 'not_found' });
    expect(await authenticate(fresh)).toMatchObject({ clientId });
    await revokeApiCredential(cliActor(project.id), clientId);
    await expect(end(clientId, current?.id)).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

describe('revokeApiCredential', () => {
  test('is immediate and idempotent', async () => {
    const created = await create();
    const { revokedAt } = await revokeApiCredential(cliActor(project.id), created.credential.clientId);
    expect(revokedAt).not.toBeNull();
    expect(await authenticate(created)).toEqual({ reason: 'unknown' });
    const again = await revokeApiCredential(cliActor(project.id), created.credential.clientId);
    expect(again.revokedAt).toEqual(revokedAt);
    expect((await events()).map(({ type }) => type)).toEqual(['api_credential.created', 'api_credential.revoked']);
  });
});
