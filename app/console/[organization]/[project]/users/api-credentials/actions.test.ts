import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PRESETS } from '@/lib/api-credential/model';
import {
  authenticateClient,
  createApiCredential,
  getApiCredential,
  listApiCredentials,
} from '@/lib/api-credential/service';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import type { Project } from '@/lib/project/model';
import type { OperatorRole } from '@/lib/role/model';
import type { ProjectPlace } from '@/lib/web/console';
import { enterConsole, granted, placeOf, refusalOf } from '@/testing/console';
import { beginRequest, forgetCookies } from '@/testing/next-request';
import { makeProject } from '@/testing/project';
import { changeCredential, createCredential, revokeCredential, rotateSecret } from './actions';

vi.mock('next/headers', () => import('@/testing/next-request'));
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }));

const MINUTE = 60_000;
let project: Project;
let place: ProjectPlace;

const enter = (role: OperatorRole) => enterConsole(project, role, project.organizationId);

const make = (of = project) => createApiCredential(cliActor(of.id), { name: 'Payroll' });
const eventsOf = async (type: string) => {
  const rows = await (await db()).auditEvent.findMany({ where: { projectId: project.id, type } });
  return rows.map(({ actorKind, actorId }) => ({ actorKind, actorId }));
};

/** Name and valid call of each action. */
const ACTIONS = [
  ['create', (at: ProjectPlace) => createCredential(at, { name: 'New' })],
  [
    'change',
    (at: ProjectPlace, clientId: string) => changeCredential(at, { clientId, base: {}, mine: { name: 'Mine' } }),
  ],
  ['rotate', (at: ProjectPlace, clientId: string) => rotateSecret(at, { clientId, overlapHours: 0 })],
  ['revoke', (at: ProjectPlace, clientId: string) => revokeCredential(at, { clientId })],
] as const;

/** The credential is unchanged and still the only one. */
async function expectUntouched(clientId: string, of = project): Promise<void> {
  const credentials = await listApiCredentials(of.id);
  expect(credentials).toMatchObject([{ clientId, name: 'Payroll', revokedAt: null }]);
  expect(await (await db()).apiCredentialSecret.count({ where: { apiCredential: { clientId } } })).toBe(1);
}

beforeEach(async () => {
  forgetCookies();
  project = await makeProject();
  place = await placeOf(project);
});
afterEach(() => {
  vi.useRealTimers();
});

describe('an admin', () => {
  test('creates a credential; the response has the secret and everything a client needs', async () => {
    const operator = await enter('admin');
    const made = granted(await createCredential(place, { name: 'Payroll' }));
    expect(made).toEqual({
      clientId: expect.stringMatching(/^sc_/),
      clientSecret: expect.stringMatching(/^signet_sk_/),
      authMethod: 'client_secret_basic',
      scopes: PRESETS.full,
      tokenEndpoint: `${project.origin}/oauth2/token`,
      audience: `${project.origin}/admin`,
    });
    expect(await authenticateClient({ projectId: project.id, ...made })).toMatchObject({ name: 'Payroll' });
    expect(await eventsOf('api_credential.created')).toEqual([{ actorKind: 'operator', actorId: operator.id }]);
  });

  test('changes method, scopes and expiry', async () => {
    await enter('admin');
    const { credential } = await make();
    const expiresAt = new Date(Date.now() + MINUTE);
    const mine = { authMethod: 'client_secret_post' as const, scopes: [...PRESETS.read], expiresAt };
    const base = { authMethod: 'client_secret_basic' as const, scopes: [...PRESETS.full], expiresAt: null };
    granted(await changeCredential(place, { clientId: credential.clientId, base, mine }));
    expect(await getApiCredential(project.id, credential.clientId)).toMatchObject(mine);
  });

  test('gets a conflict with both values on a concurrent change', async () => {
    await enter('admin');
    const { credential } = await make();
    const rename = (name: string) =>
      changeCredential(place, { clientId: credential.clientId, base: { name: 'Payroll' }, mine: { name } });
    granted(await rename('Theirs'));
    expect(await rename('Mine')).toMatchObject({
      ok: false,
      error: { code: 'version_conflict', conflicts: [{ pointer: '/name', mine: 'Mine', theirs: 'Theirs' }] },
    });
  });

  test('rotates the secret and revokes the credential', async () => {
    await enter('admin');
    const { credential, clientSecret } = await make();
    const { clientId, authMethod } = credential;
    const authenticate = (secret: string) =>
      authenticateClient({ projectId: project.id, clientId, authMethod, clientSecret: secret });
    const made = granted(await rotateSecret(place, { clientId, overlapHours: 1 }));
    expect(made.previousEndsAt.getTime()).toBeGreaterThan(Date.now());
    expect(await authenticate(clientSecret)).toMatchObject({ clientId });
    expect(await authenticate(made.clientSecret)).toMatchObject({ clientId });
    granted(await revokeCredential(place, { clientId }));
    expect(await authenticate(made.clientSecret)).toEqual({ reason: 'unknown' });
  });
});

describe.each(ACTIONS)('%s is refused', (name, call) => {
  test('to a viewer', async () => {
    const { credential } = await make();
    await enter('viewer');
    expect(refusalOf(await call(place, credential.clientId))).toBe('forbidden');
    await expectUntouched(credential.clientId);
  });

  test('after the role was lowered or removed', async () => {
    const { credential } = await make();
    const { id: identityId } = await enter('owner');
    await (await db()).operator.updateMany({ where: { identityId }, data: { role: 'viewer' } });
    expect(refusalOf(await call(place, credential.clientId))).toBe('forbidden');
    await (await db()).operator.deleteMany({ where: { identityId } });
    expect(refusalOf(await call(place, credential.clientId))).toBe('not_found');
    await expectUntouched(credential.clientId);
  });

  test('without a session', async () => {
    const { credential } = await make();
    beginRequest(project);
    expect(refusalOf(await call(place, credential.clientId))).toBe('unauthenticated');
    await expectUntouched(credential.clientId);
  });

  test('from another origin', async () => {
    const { credential } = await make();
    await enter('owner');
    beginRequest(project, { origin: 'https://evil.example' });
    expect(refusalOf(await call(place, credential.clientId))).toBe('forbidden');
    await expectUntouched(credential.clientId);
  });

  test('to an operator of another organization', async () => {
    const other = await makeProject();
    const { credential } = await make(other);
    await enter('owner');
    expect(refusalOf(await call(await placeOf(other), credential.clientId))).toBe('not_found');
    await expectUntouched(credential.clientId, other);
  });

  test.each([undefined, null, 'x', {}, { clientId: 7 }, { name: 7 }, { name: 'x', more: true }])(
    'with malformed input: %j',
    async (input) => {
      const { credential } = await make();
      await enter('owner');
      const actions = {
        create: createCredential,
        change: changeCredential,
        rotate: rotateSecret,
        revoke: revokeCredential,
      };
      expect(refusalOf(await actions[name](place, input as never))).toBe('invalid_input');
      await expectUntouched(credential.clientId);
    },
  );
});

test.each(ACTIONS.filter(([name]) => name !== 'create'))(
  '%s is refused for another project’s credential',
  async (_, call) => {
    const other = await makeProject();
    const { credential } = await make(other);
    await enter('owner');
    expect(refusalOf(await call(place, credential.clientId))).toBe('not_found');
    await expectUntouched(credential.clientId, other);
  },
);

test.each(ACTIONS.filter(([name]) => name !== 'change'))(
  '%s is refused 15 minutes after the last authentication',
  async (_, call) => {
    const { credential } = await make();
    await enter('owner');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 15 * MINUTE });
    expect(refusalOf(await call(place, credential.clientId))).toBe('reauthentication_required');
    await expectUntouched(credential.clientId);
  },
);

test.each([
  ['an empty name', { name: ' ' }],
  ['a name of 101 characters', { name: 'x'.repeat(101) }],
  ['an expiry in the past', { expiresAt: new Date(0) }],
  ['a malformed expiry', { expiresAt: 'tomorrow' }],
  ['an invalid date', { expiresAt: new Date(Number.NaN) }],
  ['an unknown method', { authMethod: 'private_key_jwt' }],
  ['an unknown scope', { scopes: ['root'] }],
  ['audiences', { audiences: ['https://evil.example'] }],
])('refuses a change to %s', async (_, mine) => {
  const { credential } = await make();
  await enter('admin');
  const input = { clientId: credential.clientId, base: {}, mine };
  expect(refusalOf(await changeCredential(place, input as never))).toBe('invalid_input');
  await expectUntouched(credential.clientId);
});
