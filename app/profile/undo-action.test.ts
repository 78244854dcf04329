import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { listIdentityEvents } from '@/lib/audit/service';
import { changeIdentity, getIdentity } from '@/lib/identity/service';
import { cliActor } from '@/lib/platform/actor';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { startSession } from '@/lib/web/sign-in';
import { granted, refusalOf } from '@/testing/console';
import { beginRequest, forgetCookies } from '@/testing/next-request';
import { actorOf, addPasskey, makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { renamePasskeyAction } from './actions';
import { saveTraits } from './settings/actions';
import { undoOwnChange } from './undo-action';

vi.mock('next/headers', () => import('@/testing/next-request'));
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }));

const FIRST = '/traits/name/first';
let project: Project;

beforeAll(async () => {
  project = await makeProject();
});
beforeEach(forgetCookies);

async function enter() {
  const proof = await signIn(project, await makePerson(project, { first: 'Ada' }));
  beginRequest(project);
  await startSession(proof.session);
  return proof;
}

test('undoes what the person saved, and the undo in turn', async () => {
  const { identity } = await enter();
  const saved = granted(await saveTraits({ [`value:${FIRST}`]: 'Eve', [`base:${FIRST}`]: 'Ada' }));
  const done = granted(await undoOwnChange({ event: saved.undo ?? '' }));
  expect((await getIdentity(project.id, identity.id)).traits.name).toEqual({ first: 'Ada' });
  const event = done.refusal === null ? (done.undo ?? '') : '';
  granted(await undoOwnChange({ event }));
  expect((await getIdentity(project.id, identity.id)).traits.name).toEqual({ first: 'Eve' });
});

test('undoes the new name of a passkey', async () => {
  const proof = await enter();
  const { passkey } = await addPasskey(proof);
  const { undo } = granted(await renamePasskeyAction({ id: passkey.id, name: 'Blue' }));
  granted(await undoOwnChange({ event: undo ?? '' }));
  expect(refusalOf(await undoOwnChange({ event: undo ?? '' }))).toBe('undo_impossible');
});

test('refuses what others changed, an email address, and other people’s events', async () => {
  const { identity } = await enter();
  const newest = async (id: string) => (await listIdentityEvents(project.id, id, 1))[0]?.id ?? '';
  await changeIdentity(cliActor(project.id), identity.id, () => ({ metadataPublic: 1 }));
  expect(refusalOf(await undoOwnChange({ event: await newest(identity.id) }))).toBe('forbidden');
  const email = `${newId()}@example.com`;
  await changeIdentity(actorOf(identity), identity.id, ({ traits }) => ({ traits: { ...traits, email } }));
  expect(refusalOf(await undoOwnChange({ event: await newest(identity.id) }))).toBe('forbidden');
  const other = await makePerson(project);
  await changeIdentity(actorOf(other), other.id, ({ traits }) => ({ traits: { ...traits, name: { first: 'X' } } }));
  expect(refusalOf(await undoOwnChange({ event: await newest(other.id) }))).toBe('not_found');
});
