import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PRESETS } from '@/lib/api-credential/model';
import {
  authenticateClient,
  createApiCredential,
  getApiCredential,
  listApiCredentials,
} from '@/lib/api-credential/service';
import type { Identity } from '@/lib/identity/model';
import type { ActionResult } from '@/lib/platform/action-result';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import type { Project } from '@/lib/project/model';
import { findOrganization } from '@/lib/project/service';
import type { OperatorRole } from '@/lib/role/model';
import type { ProjectPlace } from '@/lib/web/console';
import { startSession } from '@/lib/web/sign-in';
import { beginRequest, forgetCookies } from '@/testing/next-request';
import { makeOperator } from '@/testing/operators';
import { signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { changeCredential, createCredential, revokeCredential, rotateSecret } from './actions';

vi.mock('next/headers', () => import('@/testing/next-request'));
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }));

const MINUTE = 60_000;
let project: Project;
let place: ProjectPlace;

/** Signs an operator of the project in, as a browser would be. */
async function enter(role: OperatorRole): Promise<Identity> {
  const operator = await makeOperator(project, role);
  const { session } = await signIn(project, operator);
  beginRequest(project);
  await startSession(session);
  return operator;
}

const placeOf = async (of: Project): Promise<ProjectPlace> => {
  const organization = await findOrganization(of.organizationId);
  return { organization: organization?.slug ?? '', project: of.slug };
};
const make = (of = project) => createApiCredential(cliActor(of.id), { name: 'Payroll' });
const refusal = (result: ActionResult<unknown>) => (result.ok ? null : result.error.code);
const granted = <Value>(result: ActionResult<Value>): Value => {
  if (result.ok) return result.value;
  throw new Error(`refused: ${result.error.code}`);
};
const eventsOf = async (type: string) => {
  const rows = await (await db()).auditEvent.findMany({ where: { projectId: project.id, type } });
  return rows.map(({ actorKind, actorId }) => ({ actorKind, actorId }));
};

/** Each action as it is called for a credential, with its name. */
const ACTIONS = [
  ['create', (at: ProjectPlace) => createCredential(at, { name: 'New' })],
  [
    'change',
    (at: ProjectPlace, clientId: string) => changeCredential(at, { clientId, base: {}, mine: { name: 'Mine' } }),
  ],
  ['rotate', (at: ProjectPlace, clientId: string) => rotateSecret(at, { clientId, overlapHours: 0 })],
  ['revoke', (at: ProjectPlace, clientId: string) => revokeCredential(at, { clientId })],
] as const;

/** That nothing has happened to it, and no other one was made. */
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
  test('creates one, and the answer holds the secret with all that a program needs', async () => {
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

  test('chooses the method, scopes and expiry', async () => {
    await enter('admin');
    const { credential } = await make();
    const expiresAt = new Date(Date.now() + MINUTE);
    const mine = { authMethod: 'client_secret_post' as const, scopes: [...PRESETS.read], expiresAt };
    const base = { authMethod: 'client_secret_basic' as const, scopes: [...PRESETS.full], expiresAt: null };
    granted(await changeCredential(place, { clientId: credential.clientId, base, mine }));
    expect(await getApiCredential(project.id, credential.clientId)).toMatchObject(mine);
  });

  test('is told what somebody else wrote meanwhile', async () => {
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

  test('rotates the secret and revokes', async () => {
    await enter('admin');
    const { credential, clientSecret } = await make();
    const { clientId, authMethod } = credential;
    const prove = (secret: string) =>
      authenticateClient({ projectId: project.id, clientId, authMethod, clientSecret: secret });
    const made = granted(await rotateSecret(place, { clientId, overlapHours: 1 }));
    expect(made.previousEndsAt.getTime()).toBeGreaterThan(Date.now());
    expect(await prove(clientSecret)).toMatchObject({ clientId });
    expect(await prove(made.clientSecret)).toMatchObject({ clientId });
    granted(await revokeCredential(place, { clientId }));
    expect(await prove(made.clientSecret)).toEqual({ reason: 'unknown' });
  });
});

describe.each(ACTIONS)('%s is refused', (name, call) => {
  test('to a viewer', async () => {
    const { credential } = await make();
    await enter('viewer');
    expect(refusal(await call(place, credential.clientId))).toBe('forbidden');
    await expectUntouched(credential.clientId);
  });

  test('to who has lost the role meanwhile', async () => {
    const { credential } = await make();
    const { id: identityId } = await enter('owner');
    await (await db()).operator.updateMany({ where: { identityId }, data: { role: 'viewer' } });
    expect(refusal(await call(place, credential.clientId))).toBe('forbidden');
    await (await db()).operator.deleteMany({ where: { identityId } });
    expect(refusal(await call(place, credential.clientId))).toBe('not_found');
    await expectUntouched(credential.clientId);
  });

  test('to nobody in particular', async () => {
    const { credential } = await make();
    beginRequest(project);
    expect(refusal(await call(place, credential.clientId))).toBe('unauthenticated');
    await expectUntouched(credential.clientId);
  });

  test('from another origin', async () => {
    const { credential } = await make();
    await enter('owner');
    beginRequest(project, { origin: 'https://evil.example' });
    expect(refusal(await call(place, credential.clientId))).toBe('forbidden');
    await expectUntouched(credential.clientId);
  });

  test('to an operator of another organization', async () => {
    const other = await makeProject();
    const { credential } = await make(other);
    await enter('owner');
    expect(refusal(await call(await placeOf(other), credential.clientId))).toBe('not_found');
    await expectUntouched(credential.clientId, other);
  });

  test.each([undefined, null, 'x', {}, { clientId: 7 }, { name: 7 }, { name: 'x', more: true }])(
    'with an input of another kind: %j',
    async (input) => {
      const { credential } = await make();
      await enter('owner');
      const actions = {
        create: createCredential,
        change: changeCredential,
        rotate: rotateSecret,
        revoke: revokeCredential,
      };
      expect(refusal(await actions[name](place, input as never))).toBe('invalid_input');
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
    expect(refusal(await call(place, credential.clientId))).toBe('not_found');
    await expectUntouched(credential.clientId, other);
  },
);

test.each(ACTIONS.filter(([name]) => name !== 'change'))(
  '%s is refused 15 minutes after the last authentication',
  async (_, call) => {
    const { credential } = await make();
    await enter('owner');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 15 * MINUTE });
    expect(refusal(await call(place, credential.clientId))).toBe('reauthentication_required');
    await expectUntouched(credential.clientId);
  },
);

test.each([
  ['an empty name', { name: ' ' }],
  ['a name of 101 characters', { name: 'x'.repeat(101) }],
  ['an expiry in the past', { expiresAt: new Date(0) }],
  ['an expiry that is no date', { expiresAt: 'tomorrow' }],
  ['an expiry that is nowhere', { expiresAt: new Date(Number.NaN) }],
  ['another method', { authMethod: 'private_key_jwt' }],
  ['another scope', { scopes: ['root'] }],
  ['audiences', { audiences: ['https://evil.example'] }],
])('a change to %s is refused', async (_, mine) => {
  const { credential } = await make();
  await enter('admin');
  const input = { clientId: credential.clientId, base: {}, mine };
  expect(refusal(await changeCredential(place, input as never))).toBe('invalid_input');
  await expectUntouched(credential.clientId);
});
