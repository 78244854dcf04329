import { beforeEach, describe, expect, test, vi } from 'vitest';
import { listIdentityEvents } from '@/lib/audit/service';
import { emailOf, type Identity } from '@/lib/identity/model';
import { changeIdentity, createIdentity, getIdentity } from '@/lib/identity/service';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import type { OperatorRole } from '@/lib/role/model';
import type { ProjectPlace } from '@/lib/web/console';
import { startSession } from '@/lib/web/sign-in';
import { granted, placeOf, refusalOf } from '@/testing/console';
import { beginRequest, forgetCookies } from '@/testing/next-request';
import { makeOperator } from '@/testing/operators';
import { makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { saveUser, setUserState } from './actions';
import { previewUndo, undoChange } from './undo-actions';

vi.mock('next/headers', () => import('@/testing/next-request'));
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }));

const FIRST = '/traits/name/first';
let project: Project;
let place: ProjectPlace;
let user: Identity;

async function enter(role: OperatorRole, isFresh = true): Promise<Identity> {
  const { session, identity } = await signIn(project, await makeOperator(project, role));
  if (!isFresh) {
    const authenticatedAt = new Date(Date.now() - 60 * 60 * 1000);
    await (await db()).session.update({ where: { id: session.id }, data: { authenticatedAt } });
  }
  beginRequest(project);
  await startSession(session);
  return identity;
}

async function change(traits: object, of = user): Promise<string> {
  await changeIdentity(cliActor(project.id), of.id, (current) => ({ traits: { ...current.traits, ...traits } }));
  const [event] = await listIdentityEvents(project.id, of.id, 1);
  return event?.id ?? '';
}
const rename = (first: string, of = user) => change({ name: { first } }, of);

beforeEach(async () => {
  forgetCookies();
  project = await makeProject();
  place = await placeOf(project);
  user = await makePerson(project, { first: 'Ada' });
});

describe('undoing', () => {
  test('a saved form restores it, and can be undone in turn', async () => {
    await enter('admin');
    const saved = granted(await saveUser(place, { id: user.id, mine: { [FIRST]: 'Eve' }, base: { [FIRST]: 'Ada' } }));
    const done = granted(await undoChange(place, { id: user.id, event: saved.undo ?? '' }));
    expect((await getIdentity(project.id, user.id)).traits.name).toEqual({ first: 'Ada' });
    const event = done.refusal === null ? (done.undo ?? '') : '';
    expect(granted(await undoChange(place, { id: user.id, event }))).toMatchObject({ refusal: null });
    expect((await getIdentity(project.id, user.id)).traits.name).toEqual({ first: 'Eve' });
  });

  test('a deactivation lets the person sign in again', async () => {
    await enter('admin');
    const { undo } = granted(await setUserState(place, { id: user.id, state: 'inactive' }));
    expect(granted(await undoChange(place, { id: user.id, event: undo ?? '' }))).toMatchObject({ refusal: null });
    expect((await getIdentity(project.id, user.id)).state).toBe('active');
  });

  test('shows the three values of a field that changed again, by its title', async () => {
    await enter('admin');
    const event = await rename('Eve');
    const later = await rename('Grace');
    const { refusal } = granted(await undoChange(place, { id: user.id, event }));
    expect(refusal?.conflicts).toEqual([
      {
        name: 'First name',
        ...{ before: 'Ada', after: 'Eve', now: 'Grace' },
        href: `/console/${place.organization}/${place.project}/audit-log/${later}`,
      },
    ]);
  });

  test('names the address that another user has taken', async () => {
    await enter('admin');
    const event = await change({ email: `${newId()}@example.com` });
    await createIdentity(cliActor(project.id), { traits: { email: emailOf(user) ?? '' } });
    const { refusal } = granted(await undoChange(place, { id: user.id, event }));
    expect(refusal?.sentence).toContain(emailOf(user));
  });

  test('is refused for a viewer, for an operator above, and for an identifier without a recent sign-in', async () => {
    const [owner, event] = [await makeOperator(project, 'owner'), await rename('Eve')];
    const address = await change({ email: `${newId()}@example.com` });
    const ofOwner = await rename('Eve', owner);
    await enter('viewer');
    expect(refusalOf(await undoChange(place, { id: user.id, event }))).toBe('forbidden');
    await enter('admin');
    expect(refusalOf(await undoChange(place, { id: owner.id, event: ofOwner }))).toBe('forbidden');
    await enter('admin', false);
    expect(refusalOf(await undoChange(place, { id: user.id, event: address }))).toBe('reauthentication_required');
    expect(granted(await undoChange(place, { id: user.id, event }))).toMatchObject({ refusal: null });
    const other = await makePerson(project);
    const [created] = await listIdentityEvents(project.id, other.id, 1);
    const deletion = await undoChange(place, { id: other.id, event: created?.id ?? '' });
    expect(refusalOf(deletion)).toBe('reauthentication_required');
  });
});

describe('a preview', () => {
  test('shows what would change and what follows, and writes nothing', async () => {
    await enter('admin');
    const email = emailOf(user);
    const event = await change({ email: `${newId()}@example.com`, name: { first: 'Eve' } });
    const before = await getIdentity(project.id, user.id);
    const shown = granted(await previewUndo(place, { id: user.id, event }));
    expect(shown).toMatchObject({
      refusal: null,
      changes: expect.arrayContaining([
        { name: 'Email', now: emailOf(before), restored: email },
        { name: 'First name', now: 'Eve', restored: 'Ada' },
      ]),
      notes: [expect.stringContaining(String(email)), expect.any(String)],
    });
    expect(await getIdentity(project.id, user.id)).toEqual(before);
  });

  test('says how many sessions end', async () => {
    await enter('admin');
    await changeIdentity(cliActor(project.id), user.id, () => ({ state: 'inactive' }));
    await changeIdentity(cliActor(project.id), user.id, () => ({ state: 'active' }));
    await signIn(project, await getIdentity(project.id, user.id));
    const events = await listIdentityEvents(project.id, user.id, 5);
    const { id: event = '' } = events.find(({ type }) => type === 'identity.updated') ?? {};
    const shown = granted(await previewUndo(place, { id: user.id, event }));
    expect(shown).toMatchObject({ notes: [expect.stringContaining('one session')] });
  });
});
