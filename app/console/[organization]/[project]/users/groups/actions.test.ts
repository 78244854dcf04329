import { beforeEach, describe, expect, test, vi } from 'vitest';
import { addMember, createGroup, groupsOf, listGroups } from '@/lib/group/service';
import { createIdentity } from '@/lib/identity/service';
import { cliActor } from '@/lib/platform/actor';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import type { OperatorRole } from '@/lib/role/model';
import type { ProjectPlace } from '@/lib/web/console';
import { enterConsole, granted, placeOf, refusalOf } from '@/testing/console';
import { beginRequest, forgetCookies } from '@/testing/next-request';
import { makeProject } from '@/testing/project';
import * as actions from './actions';

vi.mock('next/headers', () => import('@/testing/next-request'));
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }));

let project: Project;
let place: ProjectPlace;

const enter = (role: OperatorRole) => enterConsole(project, role, project.organizationId);
const person = async (of = project) =>
  (await createIdentity(cliActor(of.id), { traits: { email: `${newId().slice(-12)}@example.com` } })).id;
const make = async (of = project) => {
  const [group, identityId] = [await createGroup(cliActor(of.id), { name: 'Staff' }), await person(of)];
  await addMember(cliActor(of.id), group.id, identityId);
  return { id: group.id, identityId };
};
type Made = Awaited<ReturnType<typeof make>>;

const ACTIONS = [
  ['change', (at: ProjectPlace, { id }: Made) => actions.changeGroup(at, { id, base: {}, mine: { name: 'X' } })],
  ['add a member', (at: ProjectPlace, made: Made) => actions.addMember(at, made)],
  ['remove a member', (at: ProjectPlace, made: Made) => actions.removeMember(at, made)],
  ['delete', (at: ProjectPlace, { id }: Made) => actions.remove(at, { id, confirmation: 'Staff' })],
] as const;

beforeEach(async () => {
  forgetCookies();
  project = await makeProject();
  place = await placeOf(project);
});

test('an admin adds a group, its members and a description, and deletes it by its name', async () => {
  await enter('admin');
  const { id } = granted(await actions.addGroup(place, { name: 'Staff' }));
  expect(refusalOf(await actions.addGroup(place, { name: 'STAFF' }))).toBe('group_taken');
  const identityId = await person();
  granted(await actions.addMember(place, { id, identityId }));
  expect(await groupsOf(project.id, identityId)).toEqual(['Staff']);
  const base = { name: 'Staff', description: null };
  granted(await actions.changeGroup(place, { id, base, mine: { description: 'All' } }));
  expect(await actions.changeGroup(place, { id, base, mine: { description: 'None' } })).toMatchObject({
    ok: false,
    error: { conflicts: [{ pointer: '/description', mine: 'None', theirs: 'All' }] },
  });
  granted(await actions.removeMember(place, { id, identityId }));
  expect(refusalOf(await actions.remove(place, { id, confirmation: 'wrong' }))).toBe('invalid_input');
  granted(await actions.remove(place, { id, confirmation: 'staff' }));
  expect(await listGroups(project.id)).toEqual([]);
});

describe.each(ACTIONS)('%s is refused', (_, call) => {
  test('to a viewer, without a session, from another origin, and for another project', async () => {
    const other = await makeProject();
    const [ours, theirs] = [await make(), await make(other)];
    await enter('viewer');
    expect(refusalOf(await call(place, ours))).toBe('forbidden');
    await enter('owner');
    expect(refusalOf(await call(place, theirs))).toBe('not_found');
    expect(refusalOf(await call(await placeOf(other), theirs))).toBe('not_found');
    beginRequest(project, { origin: 'https://evil.example' });
    expect(refusalOf(await call(place, ours))).toBe('forbidden');
    forgetCookies();
    beginRequest(project);
    expect(refusalOf(await call(place, ours))).toBe('unauthenticated');
    for (const { id } of [project, other]) expect(await listGroups(id)).toMatchObject([{ name: 'Staff' }]);
    expect(await groupsOf(project.id, ours.identityId)).toEqual(['Staff']);
  });
});

test('a person of another project cannot be added', async () => {
  const { id } = await make();
  const theirs = await person(await makeProject());
  await enter('owner');
  expect(refusalOf(await actions.addMember(place, { id, identityId: theirs }))).toBe('not_found');
});
