import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Identity } from '@/lib/identity/model';
import { createIdentity, findDeletedIdentity, findIdentity } from '@/lib/identity/service';
import { systemActor } from '@/lib/platform/actor';
import type { Project } from '@/lib/project/model';
import { getProject } from '@/lib/project/service';
import type { OperatorRole } from '@/lib/role/model';
import type { ProjectPlace } from '@/lib/web/console';
import { startSession } from '@/lib/web/sign-in';
import { placeOf, refusalOf } from '@/testing/console';
import { beginRequest, forgetCookies } from '@/testing/next-request';
import { makeOperator } from '@/testing/operators';
import { mailsTo, makePerson, signIn } from '@/testing/people';
import { keepDeleted, makeProject } from '@/testing/project';
import { deleteUser } from '../[id]/actions';
import { purgeUser, restoreUser } from './actions';

vi.mock('next/headers', () => import('@/testing/next-request'));
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }));

let project: Project;
let place: ProjectPlace;
let user: Identity;

async function enter(role: OperatorRole): Promise<Identity> {
  forgetCookies();
  const { session, identity } = await signIn(project, await makeOperator(project, role));
  beginRequest(project);
  await startSession(session);
  return identity;
}

const email = () => user.identifiers[0] ?? '';
const inBin = () => findDeletedIdentity(project.id, user.id);
const restore = (changes = {}) => restoreUser(place, { id: user.id, changes });
const purge = (confirmation = email()) => purgeUser(place, { id: user.id, confirmation });

beforeEach(async () => {
  const made = await makeProject();
  await keepDeleted(made);
  project = await getProject(made.id);
  place = await placeOf(project);
  user = await makePerson(project, { first: 'Ada' });
});

describe('an admin', () => {
  beforeEach(async () => {
    await enter('admin');
    expect(refusalOf(await deleteUser(place, { id: user.id, confirmation: '' }))).toBeNull();
    expect(await inBin()).toMatchObject({ name: 'Ada', deletedBy: { kind: 'operator' } });
  });

  test('restores a user, who is notified', async () => {
    expect(refusalOf(await restore())).toBeNull();
    expect(await findIdentity(project.id, user.id)).not.toBeNull();
    expect((await mailsTo(user)).map(({ kind }) => kind)).toEqual(['account_deleted', 'account_restored']);
    expect(refusalOf(await restore())).toBe('not_found');
  });

  test('learns what prevents it, and chooses another address', async () => {
    await createIdentity(systemActor(project.id), { traits: { email: email() } });
    const refused = await restore();
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'restore_conflict', violations: [{ pointer: '/traits/email', keyword: 'identifier_taken' }] },
    });
    expect(refusalOf(await restore({ '/traits/email': `other-${email()}` }))).toBeNull();
  });

  test('deletes permanently after the address is typed, and never someone who was restored since', async () => {
    expect(refusalOf(await purge('Ada'))).toBe('invalid_input');
    await restore();
    expect(refusalOf(await purge())).toBe('not_found');
    expect(await findIdentity(project.id, user.id)).not.toBeNull();
    expect(refusalOf(await deleteUser(place, { id: user.id, confirmation: '' }))).toBeNull();
    expect(refusalOf(await purge())).toBeNull();
    expect(await inBin()).toBeNull();
  });
});

test('a permanent deletion without the recycle bin needs the address', async () => {
  await enter('admin');
  const remove = (confirmation: string) => deleteUser(place, { id: user.id, confirmation, purge: true });
  expect(refusalOf(await remove(''))).toBe('invalid_input');
  expect(refusalOf(await remove(email()))).toBeNull();
  expect([await findIdentity(project.id, user.id), await inBin()]).toEqual([null, null]);
});

test('is refused to viewers, and for someone whose role was above the own one', async () => {
  await enter('owner');
  user = await makeOperator(project, 'owner');
  expect(refusalOf(await deleteUser(place, { id: user.id, confirmation: '' }))).toBeNull();
  for (const role of ['viewer', 'admin'] as const) {
    await enter(role);
    expect([refusalOf(await restore()), refusalOf(await purge())]).toEqual(['forbidden', 'forbidden']);
  }
  expect(await inBin()).not.toBeNull();
});
