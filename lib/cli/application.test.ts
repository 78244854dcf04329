import { beforeEach, expect, test } from 'vitest';
import { createIdentity } from '@/lib/identity/service';
import { systemActor } from '@/lib/platform/actor';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { createProject, getFirstProject } from '@/lib/project/service';
import { json, signet } from '@/testing/command-line';

const CALLBACK = 'https://wiki.example.com/callback';
let project: Project;

beforeEach(async () => {
  await json('project', 'list');
  const first = await getFirstProject();
  const slug = `p-${newId().slice(-12)}`;
  project = await createProject(systemActor(first.id), first.organizationId, { name: 'Acme', slug, origin: '' });
});

const of = () => ['--project', project.slug];
const create = (...more: string[]) =>
  json('application', 'create', '--name', 'Wiki', '--redirect-uri', CALLBACK, ...more, ...of());

test('an application is created, listed, gets another secret, is disabled, enabled and deleted', async () => {
  const made = await create();
  expect(made).toMatchObject({ client_secret: expect.stringMatching(/^signet_sk_/), issuer: project.origin });
  const id = made.client_id;
  expect((await signet('application', 'list', ...of())).out).toMatch(/Wiki +web +enabled +everybody/);
  const rotated = await json('application', 'rotate', id, '--secret-name', 'second', ...of());
  expect(rotated.client_secret).not.toBe(made.client_secret);
  const shown = await signet('application', 'show', id, ...of());
  expect(shown.out).toContain('second');
  expect(shown.out).not.toContain('signet_sk_');
  expect(await json('application', 'disable', id, ...of())).toMatchObject({ disabled: true });
  expect(await json('application', 'enable', id, ...of())).toMatchObject({ disabled: false });
  expect(await json('application', 'delete', id, ...of())).toEqual({ client_id: id });
  expect(await json('application', 'list', ...of())).toEqual([]);
});

test('a group is given members and an application, by name', async () => {
  const email = `${project.slug}@example.com`;
  await createIdentity(systemActor(project.id), { traits: { email } });
  await json('group', 'create', '--name', 'Staff', ...of());
  await json('group', 'add-member', 'staff', email, ...of());
  expect(await json('group', 'members', 'Staff', ...of())).toHaveLength(1);
  const native = await create('--native', '--group', 'Staff');
  expect(native).not.toHaveProperty('client_secret');
  expect((await signet('application', 'list', ...of())).out).toMatch(/Wiki +native +enabled +Staff/);
  await json('group', 'update', 'Staff', '--name', 'Team', ...of());
  await json('group', 'remove-member', 'Team', email, ...of());
  expect(await json('group', 'list', ...of())).toMatchObject([{ name: 'Team', member_count: 0 }]);
  await json('group', 'delete', 'Team', ...of());
  expect((await signet('application', 'list', ...of())).out).toContain('no one');
});

test('refuses with a reason: a redirect URI without https, and an unknown group', async () => {
  const bad = ['application', 'create', '--name', 'Wiki', '--redirect-uri'];
  expect(await signet(...bad, 'http://wiki.example.com', ...of())).toMatchObject({ code: 1, out: '' });
  const unknown = await signet(...bad, CALLBACK, '--group', 'Nobody', ...of());
  expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining('No group is named Nobody') });
});
