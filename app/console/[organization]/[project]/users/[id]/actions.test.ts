import { beforeEach, describe, expect, test, vi } from 'vitest';
import { emailOf, type Identity } from '@/lib/identity/model';
import { findIdentity, getIdentity } from '@/lib/identity/service';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import type { OperatorRole } from '@/lib/role/model';
import { findSession } from '@/lib/session/service';
import { deleteOwnAccount } from '@/lib/verification/service';
import type { ProjectPlace } from '@/lib/web/console';
import { startSession } from '@/lib/web/sign-in';
import { placeOf, refusalOf } from '@/testing/console';
import { beginRequest, forgetCookies } from '@/testing/next-request';
import { makeOperator } from '@/testing/operators';
import { mailsTo, makePerson, signIn } from '@/testing/people';
import { jpegOf } from '@/testing/pictures';
import { keepDeleted, makeProject } from '@/testing/project';
import {
  cancelUserDeletion,
  createRecovery,
  deleteUser,
  removeUserPicture,
  saveUser,
  setUserPicture,
  setUserState,
} from './actions';

vi.mock('next/headers', () => import('@/testing/next-request'));
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }));

const FIRST = '/traits/name/first';
const PICTURE = { base64: Buffer.from(jpegOf()).toString('base64') };
let project: Project;
let place: ProjectPlace;
let user: Identity;

/** Signs an operator in at the console. */
async function enter(role: OperatorRole, { of = project, isFresh = true } = {}): Promise<Identity> {
  const { session, identity } = await signIn(of, await makeOperator(of, role));
  if (!isFresh) {
    const authenticatedAt = new Date(Date.now() - 60 * 60 * 1000);
    await (await db()).session.update({ where: { id: session.id }, data: { authenticatedAt } });
  }
  beginRequest(of);
  await startSession(session);
  return identity;
}

const save = (mine: Record<string, string>, base: Record<string, string> = { [FIRST]: 'Ada' }, id = user.id) =>
  saveUser(place, { id, base, mine });

/** Every action, on one identity. */
const calls = (of: Identity, at = place) =>
  [
    () => saveUser(at, { id: of.id, mine: { [FIRST]: 'Mine' }, base: { [FIRST]: 'Ada' } }),
    () => setUserPicture(at, { id: of.id, picture: PICTURE }),
    () => removeUserPicture(at, { id: of.id }),
    () => setUserState(at, { id: of.id, state: 'inactive' as const }),
    () => cancelUserDeletion(at, { id: of.id }),
    () => createRecovery(at, { id: of.id }),
    () => deleteUser(at, { id: of.id, confirmation: emailOf(of) ?? '' }),
  ] as const;

async function refusals(of: Identity, at = place): Promise<Array<string | null>> {
  const codes: Array<string | null> = [];
  for (const call of calls(of, at)) codes.push(refusalOf(await call()));
  return codes;
}
const all = (code: string) => Array.from({ length: 7 }, () => code);

async function expectUntouched(of: Identity): Promise<void> {
  expect(await findIdentity(of.projectId, of.id)).toEqual(of);
  expect(await (await db()).verification.count({ where: { identityId: of.id } })).toBe(0);
}

beforeEach(async () => {
  forgetCookies();
  project = await makeProject();
  place = await placeOf(project);
  user = await makePerson(project, { first: 'Ada' });
});

describe('saving', () => {
  test('stores the typed values and returns the updated form', async () => {
    const admin = await enter('admin');
    const values = { [FIRST]: ' Augusta ', '/external_id': 'x-1', '/metadata_admin': '{ "plan": ["pro"] }' };
    const result = await save(values, { [FIRST]: 'Ada', '/external_id': '', '/metadata_admin': '' });
    const shown = {
      [FIRST]: 'Augusta',
      '/external_id': 'x-1',
      '/metadata_admin': JSON.stringify({ plan: ['pro'] }, null, 2),
    };
    expect(result).toMatchObject({ ok: true, value: { outcome: 'saved', mine: shown, base: shown } });
    const after = await getIdentity(project.id, user.id);
    expect(after).toMatchObject({
      externalId: 'x-1',
      metadataAdmin: { plan: ['pro'] },
      traits: { name: { first: 'Augusta' } },
    });
    const event = await (await db()).auditEvent.findFirst({ where: { identityId: user.id }, orderBy: { id: 'desc' } });
    expect(event).toMatchObject({ type: 'identity.updated', actorKind: 'operator', actorId: admin.id });
  });

  test('returns a concurrent change beside the typed value', async () => {
    await enter('admin');
    await save({ [FIRST]: 'Theirs' });
    const result = await save({ [FIRST]: 'Mine' });
    const conflicts = [{ field: FIRST, theirs: 'Theirs' }];
    expect(result).toMatchObject({ ok: true, value: { outcome: 'refused', mine: { [FIRST]: 'Mine' }, conflicts } });
  });

  test.each<[string, Record<string, string>, string, string]>([
    ['malformed JSON', { '/metadata_public': '{"a": 1,}' }, '/metadata_public', 'json'],
    ['a duplicate key', { '/metadata_admin': '{"a": 1, "a": 2}' }, '/metadata_admin', 'json'],
    ['a reserved key', { '/metadata_admin': '{"__proto__": {}}' }, '/metadata_admin', 'json'],
    ['an external ID that is too long', { '/external_id': 'x'.repeat(256) }, '/external_id', 'maxLength'],
    ['a malformed address', { '/traits/email': 'nobody' }, '/traits/email', 'format'],
    ['a name that is too long', { [FIRST]: 'x'.repeat(201) }, FIRST, 'maxLength'],
  ])('names the field of %s and stores nothing', async (_, values, pointer, keyword) => {
    await enter('admin');
    const email = emailOf(user) ?? '';
    const base = { [FIRST]: 'Ada', '/traits/email': email };
    const result = await save({ ...base, '/traits/name/last': 'Typed', ...values }, base);
    expect(result).toMatchObject({ ok: true, value: { outcome: 'refused', violations: [{ pointer, keyword }] } });
    await expectUntouched(user);
  });

  test('names the field of an address or external ID that is taken', async () => {
    await enter('admin');
    const other = await makePerson(project);
    const email = emailOf(user) ?? '';
    await save({ '/external_id': 'x-1' }, { '/external_id': '' }, other.id);
    const address = await save({ '/traits/email': emailOf(other) ?? '' }, { '/traits/email': email });
    expect(address).toMatchObject({ value: { violations: [{ pointer: '/traits/email', keyword: 'taken' }] } });
    const external = await save({ '/external_id': 'x-1' }, { '/external_id': '' });
    expect(external).toMatchObject({ value: { violations: [{ pointer: '/external_id', keyword: 'taken' }] } });
    await expectUntouched(user);
  });
});

describe('an admin', () => {
  test('deactivates a user, which revokes sessions, and reactivates them', async () => {
    const { session } = await signIn(project, user);
    await enter('admin');
    expect(refusalOf(await setUserState(place, { id: user.id, state: 'inactive' }))).toBeNull();
    expect(await findSession(project.id, session.id)).toBeNull();
    expect(refusalOf(await setUserState(place, { id: user.id, state: 'active' }))).toBeNull();
    expect(await findSession(project.id, session.id)).toBeNull();
  });

  test('deletes a user after their address is typed', async () => {
    await enter('admin');
    expect(refusalOf(await deleteUser(place, { id: user.id, confirmation: 'Ada' }))).toBe('invalid_input');
    await expectUntouched(user);
    expect(
      refusalOf(await deleteUser(place, { id: user.id, confirmation: emailOf(user)?.toUpperCase() ?? '' })),
    ).toBeNull();
    expect(await findIdentity(project.id, user.id)).toBeNull();
    expect(await mailsTo(user)).toMatchObject([{ kind: 'account_deleted' }]);
  });

  test('keeps an account that its owner deleted, or deletes it for good after its address is typed', async () => {
    await keepDeleted(project);
    const remove = async () => {
      const proof = await signIn(project, await getIdentity(project.id, user.id));
      await deleteOwnAccount(proof, { graceDays: 7, locale: 'en' });
    };
    await remove();
    await enter('admin');
    expect(refusalOf(await cancelUserDeletion(place, { id: user.id }))).toBeNull();
    expect((await getIdentity(project.id, user.id)).deletionDueAt).toBeNull();
    await remove();
    expect(refusalOf(await deleteUser(place, { id: user.id, confirmation: '' }))).toBe('invalid_input');
    expect(refusalOf(await deleteUser(place, { id: user.id, confirmation: emailOf(user) ?? '' }))).toBeNull();
    expect(await findIdentity(project.id, user.id)).toBeNull();
    expect(await (await db()).deletedIdentity.count({ where: { identityId: user.id } })).toBe(0);
  });

  test('sets a picture and removes it, as the acting operator', async () => {
    const admin = await enter('admin', { isFresh: false });
    expect(refusalOf(await setUserPicture(place, { id: user.id, picture: PICTURE }))).toBeNull();
    expect((await getIdentity(project.id, user.id)).pictureId).not.toBeNull();
    const broken = { base64: Buffer.from('<svg/>').toString('base64') };
    expect(refusalOf(await setUserPicture(place, { id: user.id, picture: broken }))).toBe('invalid_input');
    expect(refusalOf(await removeUserPicture(place, { id: user.id }))).toBeNull();
    expect((await getIdentity(project.id, user.id)).pictureId).toBeNull();
    const event = await (await db()).auditEvent.findFirst({ where: { identityId: user.id }, orderBy: { id: 'desc' } });
    expect(event).toMatchObject({ type: 'identity.picture_removed', actorKind: 'operator', actorId: admin.id });
  });

  test('creates a recovery link and code, returned only in the response', async () => {
    await enter('admin');
    const result = await createRecovery(place, { id: user.id });
    const code = expect.stringMatching(/^([0-9A-Z]{4}-){5}[0-9A-Z]{4}$/);
    expect(result).toMatchObject({ ok: true, value: { code } });
    expect(await mailsTo(user)).toMatchObject([{ kind: 'recovery_issued', params: {} }]);
  });
});

describe('is refused', () => {
  test('to a viewer', async () => {
    await enter('viewer');
    expect(await refusals(user)).toEqual(all('forbidden'));
    await expectUntouched(user);
  });

  test('without a session and from another origin', async () => {
    beginRequest(project);
    expect(await refusals(user)).toEqual(all('unauthenticated'));
    await enter('owner');
    beginRequest(project, { origin: 'https://evil.example' });
    expect(await refusals(user)).toEqual(all('forbidden'));
    await expectUntouched(user);
  });

  test('to an owner of another organization, through any organization', async () => {
    const foreign = await makeProject();
    await enter('owner', { of: foreign });
    const there = await placeOf(foreign);
    expect(await refusals(user)).toEqual(all('not_found'));
    expect(await refusals(user, there)).toEqual(all('not_found'));
    expect(await refusals(user, { ...there, project: place.project })).toEqual(all('not_found'));
    await expectUntouched(user);
  });

  test('for an unknown or malformed ID', async () => {
    await enter('owner');
    for (const id of [newId(), 'x', '']) expect(await refusals({ ...user, id })).toEqual(all('not_found'));
  });

  test('without a recent authentication for recovery and deletion, but not for saving a name', async () => {
    await enter('owner', { isFresh: false });
    expect(refusalOf(await createRecovery(place, { id: user.id }))).toBe('reauthentication_required');
    expect(refusalOf(await deleteUser(place, { id: user.id, confirmation: emailOf(user) ?? '' }))).toBe(
      'reauthentication_required',
    );
    await expectUntouched(user);
    expect(refusalOf(await save({ [FIRST]: 'Augusta' }))).toBeNull();
  });

  test('for any operator without a recent authentication, and for operators above the own role', async () => {
    const [owner, admin] = [await makeOperator(project, 'owner'), await makeOperator(project, 'admin')];
    await enter('admin');
    expect(await refusals(owner)).toEqual(all('forbidden'));
    await expectUntouched(owner);
    await enter('owner', { isFresh: false });
    expect(await refusals(admin)).toEqual(all('reauthentication_required'));
    await expectUntouched(admin);
    await enter('admin');
    expect(await refusals(admin)).toEqual([null, null, null, null, null, 'recovery_impossible', null]);
  });

  test('for the operator’s own account, except its traits and picture', async () => {
    const owner = await enter('owner');
    expect(await refusals({ ...owner, traits: {} })).toEqual([null, null, null, ...Array(4).fill('forbidden')]);
  });
});
