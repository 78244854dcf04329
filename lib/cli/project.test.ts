import { describe, expect, test } from 'vitest';
import { systemActor } from '@/lib/platform/actor';
import { newId } from '@/lib/platform/ids';
import { countOwnedRows, deleteProject, getProject } from '@/lib/project/service';
import { json, signet } from '@/testing/command-line';
import { makePerson } from '@/testing/people';

const newSlug = () => `p-${newId().slice(-12)}`;

test('creates a project, selects it by slug and deletes it', async () => {
  const slug = newSlug();
  const created = await json('project', 'create', '--name', 'Acme', '--slug', slug);
  expect(created).toMatchObject({ slug, path: `signet/${slug}`, origin: `http://${slug}.localhost:3000` });
  expect((await json('project', 'list')).map((one: { id: string }) => one.id)).toContain(created.id);
  const email = `${newId()}@example.com`;
  const { id } = await json('identity', 'create', '--email', email, '--project', slug);
  expect((await json('identity', 'list', '--project', `signet/${slug}`)).map((one: { id: string }) => one.id)).toEqual([
    id,
  ]);
  expect((await signet('identity', 'get', id)).code).toBe(1);
  expect((await json('api-credential', 'create', '--name', 'x', '--project', slug)).audience).toBe(
    `${created.origin}/admin`,
  );
  expect(await json('project', 'delete', slug)).toEqual({ id: created.id });
  expect((await signet('identity', 'list', '--project', slug)).code).toBe(1);
});

describe('an unfinished deletion', () => {
  const begin = async () => {
    const slug = newSlug();
    const { id } = await json('project', 'create', '--name', 'Acme', '--slug', slug);
    await makePerson(await getProject(id));
    await deleteProject(systemActor(id));
    expect(await countOwnedRows(id)).toBeGreaterThan(0);
    return { slug, id };
  };

  test('is completed by the same command', async () => {
    const { slug, id } = await begin();
    expect(await json('project', 'delete', slug)).toEqual({ id });
    expect(await countOwnedRows(id)).toBe(0);
    expect((await signet('project', 'delete', slug)).err).toContain(`No project ${slug}`);
  });

  test('does not affect a new project with the same slug', async () => {
    const { slug } = await begin();
    const again = await json('project', 'create', '--name', 'Acme', '--slug', slug);
    expect(await json('project', 'delete', slug)).toEqual({ id: again.id });
  });
});

test('refuses with a reason an unknown project or organization, a taken slug and deleting the first project', async () => {
  expect(await signet('identity', 'list', '--project', 'nowhere')).toEqual({
    code: 1,
    out: '',
    err: 'No project nowhere; see: project list\n',
  });
  const create = ['project', 'create', '--name', 'Acme'];
  expect((await signet(...create, '--slug', newSlug(), '--organization', 'nobody')).err).toContain('nobody');
  expect((await signet(...create, '--slug', 'signet')).code).toBe(1);
  expect((await signet('project', 'delete', 'signet')).code).toBe(1);
});

test('set-deletion-grace accepts 0 to 30 days', async () => {
  expect(await json('project', 'set-deletion-grace', '0')).toMatchObject({ deletion_grace_days: 0 });
  expect(await json('project', 'set-deletion-grace', '30')).toMatchObject({ deletion_grace_days: 30 });
  for (const days of ['31', '-1', 'never', '1.5'])
    expect(await signet('project', 'set-deletion-grace', '--', days)).toMatchObject({
      code: 1,
      err: expect.stringContaining('0 to 30'),
    });
});

test('set-retention accepts 30 to 3650 days or "forever"', async () => {
  expect(await json('project', 'set-retention', '365')).toMatchObject({ audit_retention_days: 365 });
  expect(await json('project', 'set-retention', 'forever')).toMatchObject({ audit_retention_days: null });
  for (const days of ['29', '3651', 'never', '90.5'])
    expect(await signet('project', 'set-retention', days)).toMatchObject({
      code: 1,
      err: expect.stringContaining('30 to 3650'),
    });
});
