import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inviteOperator } from '@/lib/invitation/service';
import { type Actor, cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import { readEvents } from '@/testing/events';
import { makeOperator, makeOrganization } from '@/testing/operators';
import type { Organization, Project } from '../model';
import * as projects from '../service';

let first: Project;
let actor: Actor;
let organization: Organization;
const someSlug = () => `o-${newId().slice(-12)}`;
const update = (edit: Parameters<typeof projects.updateOrganization>[2]) =>
  projects.updateOrganization(actor, organization.id, edit);
const createProject = () => {
  const slug = someSlug();
  return projects.createProject(actor, organization.id, { name: 'One', slug, origin: '' });
};

beforeAll(async () => {
  first = await projects.ensureFirstProject('http://localhost:3000');
  actor = cliActor(first.id);
});
beforeEach(async () => {
  organization = await makeOrganization(first);
});

test("changes name and slug at once, with an event in the first project's log", async () => {
  const slug = someSlug();
  const changed = await update({ base: organization, mine: { name: ' Initech ', slug } });
  expect(await projects.findOrganizationBySlug(slug)).toEqual(changed);
  expect(await projects.findOrganizationBySlug(organization.slug)).toBeNull();
  const [event] = await readEvents(first.id, 'organization.updated');
  expect(event?.details).toEqual({
    organization_id: organization.id,
    name: 'Initech',
    changes: { '/name': { before: 'Acme', after: 'Initech' }, '/slug': { before: organization.slug, after: slug } },
  });
});

test('does not overwrite a concurrent change', async () => {
  await update({ base: organization, mine: { name: 'Theirs' } });
  const mine = update({ base: organization, mine: { name: 'Mine' } });
  await expect(mine).rejects.toMatchObject({
    code: 'version_conflict',
    details: { conflicts: [{ pointer: '/name', theirs: 'Theirs' }] },
  });
  expect(await update({ base: organization, mine: { name: organization.name } })).toMatchObject({ name: 'Theirs' });
});

describe('refuses', () => {
  test('a taken or empty slug', async () => {
    const { slug } = await makeOrganization(first);
    await expect(update({ base: organization, mine: { slug } })).rejects.toMatchObject({ code: 'slug_taken' });
    await expect(update({ base: organization, mine: { slug: '-' } })).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(update({ base: organization, mine: { name: '' } })).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('deletion of the first organization, and of one with projects', async () => {
    const home = projects.deleteOrganization(actor, first.organizationId);
    await expect(home).rejects.toMatchObject({ code: 'default_project_protected' });
    await createProject();
    const full = projects.deleteOrganization(actor, organization.id);
    await expect(full).rejects.toMatchObject({ code: 'organization_not_empty' });
    await expect(projects.deleteOrganization(actor, newId())).rejects.toMatchObject({ code: 'not_found' });
  });
});

test('deletes an empty one with its roles and invitations, and keeps the people', async () => {
  const owner = await makeOperator(first, 'owner', organization.id);
  await inviteOperator(actor, { email: `${newId()}@example.com`, role: 'viewer', organizationId: organization.id });
  await projects.deleteOrganization(actor, organization.id);
  const client = await db();
  const where = { organizationId: organization.id };
  expect([await client.operator.count({ where }), await client.invitation.count({ where })]).toEqual([0, 0]);
  expect(await client.identity.count({ where: { id: owner.id } })).toBe(1);
  const [event] = await readEvents(first.id, 'organization.deleted');
  expect(event?.details).toEqual({ organization_id: organization.id, name: 'Acme', slug: organization.slug });
});

test('refuses one of concurrent project creation and organization deletion', async () => {
  for (let round = 0; round < 5; round++) {
    organization = await makeOrganization(first);
    const [made, deleted] = await Promise.allSettled([
      createProject(),
      projects.deleteOrganization(actor, organization.id),
    ]);
    expect([made.status, deleted.status].sort()).toEqual(['fulfilled', 'rejected']);
    const reason = made.status === 'rejected' ? made.reason : deleted.status === 'rejected' ? deleted.reason : null;
    expect(reason).toMatchObject({ code: made.status === 'rejected' ? 'not_found' : 'organization_not_empty' });
  }
});
