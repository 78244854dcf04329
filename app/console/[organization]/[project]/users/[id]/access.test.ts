import { beforeEach, describe, expect, test, vi } from 'vitest';
import { listPasskeys } from '@/lib/credential/service';
import type { Identity } from '@/lib/identity/model';
import { getIdentity } from '@/lib/identity/service';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import type { OperatorRole } from '@/lib/role/model';
import type { SessionProof } from '@/lib/session/model';
import { findSession, listIdentitySessions } from '@/lib/session/service';
import type { ProjectPlace } from '@/lib/web/console';
import { startSession } from '@/lib/web/sign-in';
import { allRows } from '@/testing/all-rows';
import { placeOf, refusalOf } from '@/testing/console';
import { readEvents } from '@/testing/events';
import { beginRequest, forgetCookies } from '@/testing/next-request';
import { makeOperator } from '@/testing/operators';
import { addPasskey, mailsTo, makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { deleteUserPasskey, endUserSession, endUserSessions, previewUser, renameUserPasskey } from './actions';

vi.mock('next/headers', () => import('@/testing/next-request'));
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }));

let project: Project;
let place: ProjectPlace;
let user: SessionProof;
let passkeyId: string;

/** Signs an operator in at the console. */
async function enter(role: OperatorRole, { of = project, isFresh = true } = {}): Promise<Identity> {
  const { session, identity } = await signIn(of, await makeOperator(of, role));
  if (!isFresh) await age(session.id);
  beginRequest(of);
  await startSession(session);
  return identity;
}

async function age(id: string): Promise<void> {
  const authenticatedAt = new Date(Date.now() - 60 * 60 * 1000);
  await (await db()).session.update({ where: { id }, data: { authenticatedAt } });
}

const names = async () => (await listPasskeys(project.id, user.identity.id)).map(({ name }) => name);
const sessionsOf = async ({ id } = user.identity) =>
  (await listIdentitySessions(project, await getIdentity(project.id, id))).length;

/** The refusal of each action. */
async function all(at = place, id = user.identity.id, sessionId = user.session.id) {
  return [
    refusalOf(await renameUserPasskey(at, { id, passkeyId, name: 'Mine now' })),
    refusalOf(await deleteUserPasskey(at, { id, passkeyId })),
    refusalOf(await endUserSession(at, { id, sessionId })),
    refusalOf(await endUserSessions(at, { id })),
  ];
}
const four = (code: string) => [code, code, code, code];

async function expectUntouched(): Promise<void> {
  expect(await names()).toEqual([expect.not.stringContaining('Mine now')]);
  expect(await sessionsOf()).toBe(1);
}

beforeEach(async () => {
  forgetCookies();
  project = await makeProject();
  place = await placeOf(project);
  user = await signIn(project, await makePerson(project, { first: 'Ada' }));
  passkeyId = (await addPasskey(user)).passkey.id;
});

describe('an admin, on a user’s passkeys and sessions,', () => {
  test('renames a passkey as the acting operator', async () => {
    const admin = await enter('admin');
    const input = { id: user.identity.id, passkeyId, name: ' Work laptop ' };
    expect(await renameUserPasskey(place, input)).toEqual({
      ok: true,
      value: { name: 'Work laptop', undo: expect.any(String) },
    });
    expect(await names()).toEqual(['Work laptop']);
    const [event] = await readEvents(project.id, 'passkey.renamed');
    expect(event).toMatchObject({ actorKind: 'operator', actorId: admin.id, identityId: user.identity.id });
    expect(refusalOf(await renameUserPasskey(place, { ...input, name: '  ' }))).toBe('invalid_input');
  });

  test('deletes a passkey, keeps sessions and notifies the user', async () => {
    const admin = await enter('admin');
    const before = (await mailsTo(user.identity)).length;
    expect(refusalOf(await deleteUserPasskey(place, { id: user.identity.id, passkeyId }))).toBeNull();
    expect(await names()).toEqual([]);
    expect(await sessionsOf()).toBe(1);
    const [event] = await readEvents(project.id, 'passkey.deleted');
    expect(event).toMatchObject({ actorKind: 'operator', actorId: admin.id, identityId: user.identity.id });
    expect(await mailsTo(user.identity)).toHaveLength(before + 1);
    expect(refusalOf(await deleteUserPasskey(place, { id: user.identity.id, passkeyId }))).toBe('not_found');
  });

  test('cannot delete the only sign-in method', async () => {
    await enter('admin');
    await (await db()).verifiableAddress.deleteMany({ where: { identityId: user.identity.id } });
    expect(refusalOf(await deleteUserPasskey(place, { id: user.identity.id, passkeyId }))).toBe('last_sign_in_method');
    expect(await names()).toHaveLength(1);
  });

  test('revokes one session and keeps the others; a repetition succeeds', async () => {
    await enter('admin');
    const other = await signIn(project, user.identity);
    const input = { id: user.identity.id, sessionId: user.session.id };
    expect(refusalOf(await endUserSession(place, input))).toBeNull();
    expect(await findSession(project.id, user.session.id)).toBeNull();
    expect(await findSession(project.id, other.session.id)).not.toBeNull();
    expect(refusalOf(await endUserSession(place, input))).toBeNull();
  });

  test('revokes all sessions and returns their number', async () => {
    const admin = await enter('admin');
    const other = await signIn(project, user.identity);
    const { id } = user.identity;
    expect(await endUserSessions(place, { id })).toEqual({ ok: true, value: { count: 2 } });
    expect(await findSession(project.id, user.session.id)).toBeNull();
    expect(await findSession(project.id, other.session.id)).toBeNull();
    expect(await sessionsOf(admin)).toBe(1);
    const [event] = await readEvents(project.id, 'session.ended');
    expect(event).toMatchObject({ actorId: admin.id, identityId: id, details: { count: 2, scope: 'all' } });
    expect(await endUserSessions(place, { id })).toEqual({ ok: true, value: { count: 0 } });
  });
});

describe('the preview of an action', () => {
  const ACTIONS = ['deactivate', 'delete', 'sign_out'] as const;
  const endsOf = async (action: (typeof ACTIONS)[number], id = user.identity.id) => previewUser(place, { id, action });

  test('counts what it would end, and changes nothing', async () => {
    await enter('admin', { isFresh: false });
    const before = await allRows();
    expect(await endsOf('deactivate')).toMatchObject({ ok: true, value: { sessions: 1, passkeys: 0, addresses: 0 } });
    expect(await endsOf('delete')).toMatchObject({ ok: true, value: { sessions: 1, passkeys: 1, addresses: 1 } });
    expect(await endsOf('sign_out')).toMatchObject({ ok: true, value: { sessions: 1, passkeys: 0, addresses: 0 } });
    expect(await allRows()).toEqual(before);
  });

  test('is refused where the action is', async () => {
    await enter('viewer');
    for (const action of ACTIONS) expect(refusalOf(await endsOf(action))).toBe('forbidden');
    await enter('admin');
    const owner = await makeOperator(project, 'owner');
    for (const action of ACTIONS) expect(refusalOf(await endsOf(action, owner.id))).toBe('forbidden');
    for (const action of ACTIONS) expect(refusalOf(await endsOf(action, newId()))).toBe('not_found');
  });
});

describe('is refused', () => {
  test('to a viewer', async () => {
    await enter('viewer');
    expect(await all()).toEqual(four('forbidden'));
    await expectUntouched();
  });

  test('to an operator of another organization, through either organization', async () => {
    const other = await makeProject();
    await enter('owner', { of: other });
    expect(await all()).toEqual(four('not_found'));
    expect(await all(await placeOf(other))).toEqual(four('not_found'));
    await expectUntouched();
  });

  test('for an unknown user, and for a passkey or session of another user', async () => {
    await enter('owner');
    const stranger = await makePerson(project);
    expect(await all(place, newId())).toEqual(four('not_found'));
    expect(refusalOf(await renameUserPasskey(place, { id: stranger.id, passkeyId, name: 'Mine now' }))).toBe(
      'not_found',
    );
    expect(refusalOf(await deleteUserPasskey(place, { id: stranger.id, passkeyId }))).toBe('not_found');
    await endUserSession(place, { id: stranger.id, sessionId: user.session.id });
    await expectUntouched();
  });

  test('without a session', async () => {
    beginRequest(project);
    expect(await all()).toEqual(four('unauthenticated'));
    await expectUntouched();
  });

  test('to an admin without a recent authentication, except renaming', async () => {
    await enter('admin', { isFresh: false });
    const { id } = user.identity;
    const stale = 'reauthentication_required';
    expect(refusalOf(await deleteUserPasskey(place, { id, passkeyId }))).toBe(stale);
    expect(refusalOf(await endUserSession(place, { id, sessionId: user.session.id }))).toBe(stale);
    expect(refusalOf(await endUserSessions(place, { id }))).toBe(stale);
    await expectUntouched();
    expect(refusalOf(await renameUserPasskey(place, { id, passkeyId, name: 'Work laptop' }))).toBeNull();
  });

  test('on an operator above the own role', async () => {
    const owner = await signIn(project, await makeOperator(project, 'owner'));
    passkeyId = (await addPasskey(owner)).passkey.id;
    await enter('admin');
    expect(await all(place, owner.identity.id, owner.session.id)).toEqual(four('forbidden'));
    expect(await sessionsOf(owner.identity)).toBe(1);
    expect(await listPasskeys(project.id, owner.identity.id)).toHaveLength(1);
  });

  test('on any operator without a recent authentication', async () => {
    const viewer = await signIn(project, await makeOperator(project, 'viewer'));
    passkeyId = (await addPasskey(viewer)).passkey.id;
    await enter('owner', { isFresh: false });
    expect(await all(place, viewer.identity.id, viewer.session.id)).toEqual(four('reauthentication_required'));
    expect(await sessionsOf(viewer.identity)).toBe(1);
  });
});
