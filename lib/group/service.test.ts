import { beforeEach, describe, expect, test } from 'vitest';
import { createApplication, getApplication, mayUse } from '@/lib/application/service';
import { changeIdentity, deleteIdentity } from '@/lib/identity/service';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import type { Project } from '@/lib/project/model';
import { makePerson } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { type Group, toEtag } from './model';
import {
  addMember,
  countMembersOf,
  createGroup,
  deleteGroup,
  findGroupByName,
  getGroup,
  groupsOf,
  listGroups,
  listGroupsAfter,
  listMembers,
  removeMember,
  updateGroup,
} from './service';

let project: Project;

beforeEach(async () => {
  project = await makeProject();
});

const actor = () => cliActor(project.id);
const create = (name = 'Editors', description?: string) =>
  createGroup(actor(), { name, ...(description && { description }) });
const events = async () => {
  const rows = await (await db()).auditEvent.findMany({
    where: { projectId: project.id, type: { startsWith: 'group.' } },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ type, identityId, details }) => ({ type, identityId, details: JSON.parse(details) }));
};

describe('createGroup', () => {
  test('refuses a name that differs in case, width or spacing alone', async () => {
    await create('Web  Editors');
    for (const name of ['web editors', 'WEB EDITORS', ' Ｗｅｂ Editors '])
      await expect(create(name), name).rejects.toMatchObject({ code: 'group_taken' });
    await createGroup(cliActor((await makeProject()).id), { name: 'Web Editors' });
    expect(await findGroupByName(project.id, 'web editors')).toMatchObject({ name: 'Web  Editors' });
  });

  test.each([
    ['', 'required'],
    ['\u200b', 'required'],
    ['a'.repeat(101), 'maxLength'],
  ])('refuses the name %j', async (name, keyword) => {
    await expect(create(name)).rejects.toMatchObject({ details: { violations: [{ pointer: '/name', keyword }] } });
  });
});

describe('updateGroup', () => {
  test('renames it, and records before and after', async () => {
    const group = await create('Editors', 'They write.');
    const renamed = await updateGroup(actor(), group.id, { name: 'Authors' });
    expect(renamed).toMatchObject({ name: 'Authors', description: 'They write.', version: 2 });
    expect((await events()).at(-1)).toMatchObject({
      type: 'group.updated',
      details: { group_id: group.id, changes: { '/name': { before: 'Editors', after: 'Authors' } } },
    });
    expect((await updateGroup(actor(), group.id, { name: 'authors' })).name).toBe('authors');
  });

  test('refuses a taken name, a concurrent change and an old ETag', async () => {
    const [group] = [await create('Editors'), await create('Readers')];
    await expect(updateGroup(actor(), group.id, { name: 'READERS' })).rejects.toMatchObject({ code: 'group_taken' });
    await updateGroup(actor(), group.id, { name: 'Authors' });
    const late = updateGroup(actor(), group.id, { name: 'Writers' }, { base: { name: 'Editors' } });
    await expect(late).rejects.toMatchObject({ code: 'version_conflict' });
    const old = updateGroup(actor(), group.id, { name: 'Writers' }, { ifMatch: toEtag(group) });
    await expect(old).rejects.toMatchObject({ code: 'precondition_failed' });
  });
});

describe('members', () => {
  test('are added and removed once, with events of the person', async () => {
    const group = await create();
    const { id } = await makePerson(project);
    for (let time = 0; time < 2; time++) await addMember(actor(), group.id, id);
    expect(await listMembers(project.id, group.id, { limit: 10 })).toMatchObject([{ identityId: id }]);
    expect(await groupsOf(project.id, id)).toEqual(['Editors']);
    await removeMember(actor(), group.id, id);
    await expect(removeMember(actor(), group.id, id)).rejects.toMatchObject({ code: 'not_found' });
    expect(await groupsOf(project.id, id)).toEqual([]);
    expect(await events()).toMatchObject([
      { type: 'group.created', identityId: null },
      { type: 'group.member_added', identityId: id, details: { name: 'Editors' } },
      { type: 'group.member_removed', identityId: id },
    ]);
  });

  test('two additions at once make one member and one event', async () => {
    const group = await create();
    const { id } = await makePerson(project);
    await Promise.all([addMember(actor(), group.id, id), addMember(actor(), group.id, id)]);
    expect((await countMembersOf(project.id, [group.id])).get(group.id)).toBe(1);
    expect((await events()).filter(({ type }) => type === 'group.member_added')).toHaveLength(1);
  });

  test('are listed by page, by group and by person', async () => {
    const [editors, readers] = [await create('editors'), await create('Readers')];
    const people = [await makePerson(project), await makePerson(project), await makePerson(project)];
    for (const { id } of people) await addMember(actor(), readers.id, id);
    const [first, second, third] = people.map(({ id }) => id).sort();
    const ids = async (position: Parameters<typeof listMembers>[2]) =>
      (await listMembers(project.id, readers.id, position)).map(({ identityId }) => identityId);
    expect(await ids({ limit: 2 })).toEqual([first, second]);
    expect(await ids({ after: second ?? '', limit: 2 })).toEqual([third]);
    expect(await ids({ before: third ?? '', limit: 1 })).toEqual([second]);
    const names = (groups: Group[]) => groups.map(({ name }) => name);
    expect(names(await listGroups(project.id))).toEqual(['editors', 'Readers']);
    expect(names(await listGroups(project.id, { after: 'editors' }))).toEqual(['Readers']);
    expect(names(await listGroups(project.id, { before: 'readers', limit: 1 }))).toEqual(['editors']);
    const ofFirst = await listGroupsAfter(project.id, { memberId: first, after: null, limit: 10 });
    expect(names(ofFirst)).toEqual(['Readers']);
    expect(await getGroup(project.id, editors.id)).toEqual(editors);
  });

  test('a deleted identity leaves its groups, a deactivated one stays in them', async () => {
    const group = await create();
    const [kept, gone] = [await makePerson(project), await makePerson(project)];
    for (const { id } of [kept, gone]) await addMember(actor(), group.id, id);
    await changeIdentity(actor(), kept.id, () => ({ state: 'inactive' }));
    await deleteIdentity(actor(), gone.id);
    expect(await listMembers(project.id, group.id, { limit: 10 })).toMatchObject([{ identityId: kept.id }]);
  });
});

describe('mayUse', () => {
  test('everybody, or only members of its groups', async () => {
    const [editors, readers] = [await create('Editors'), await create('Readers')];
    const [editor, reader] = [await makePerson(project), await makePerson(project)];
    await addMember(actor(), editors.id, editor.id);
    await addMember(actor(), readers.id, reader.id);
    const redirectUris = ['https://wiki.example.com/callback'];
    const { application: open } = await createApplication(actor(), { name: 'Open', redirectUris });
    const { application: closed } = await createApplication(actor(), {
      ...{ name: 'Closed', redirectUris, access: 'groups', groupIds: [editors.id] },
    });
    expect(await mayUse(open, reader.id)).toBe(true);
    expect(await mayUse(closed, editor.id)).toBe(true);
    expect(await mayUse(closed, reader.id)).toBe(false);
    await removeMember(actor(), editors.id, editor.id);
    expect(await mayUse(closed, editor.id)).toBe(false);
  });

  test('no one, once the only group is deleted', async () => {
    const group = await create();
    const { id } = await makePerson(project);
    await addMember(actor(), group.id, id);
    const { application } = await createApplication(actor(), {
      ...{
        name: 'Closed',
        redirectUris: ['https://wiki.example.com/callback'],
        access: 'groups',
        groupIds: [group.id],
      },
    });
    await deleteGroup(actor(), group.id);
    expect((await events()).at(-1)).toMatchObject({ type: 'group.deleted', details: { members: 1 } });
    expect(await mayUse(await getApplication(project.id, application.clientId), id)).toBe(false);
  });
});
