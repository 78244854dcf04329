import { expect, test } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { json, signet } from '@/testing/command-line';

const newSlug = () => `p-${newId().slice(-12)}`;

test('a project is made, acted on by its slug, and deleted', async () => {
  const slug = newSlug();
  const made = await json('project', 'create', '--name', 'Acme', '--slug', slug);
  expect(made).toMatchObject({ slug, path: `signet/${slug}`, origin: `http://${slug}.localhost:3000` });
  expect((await json('project', 'list')).map((one: { id: string }) => one.id)).toContain(made.id);
  const email = `${newId()}@example.com`;
  const { id } = await json('identity', 'create', '--email', email, '--project', slug);
  expect((await json('identity', 'list', '--project', `signet/${slug}`)).map((one: { id: string }) => one.id)).toEqual([
    id,
  ]);
  expect((await signet('identity', 'get', id)).code).toBe(1);
  expect((await json('api-credential', 'create', '--name', 'x', '--project', slug)).audience).toBe(
    `${made.origin}/admin`,
  );
  expect(await json('project', 'delete', slug)).toEqual({ id: made.id });
  expect((await signet('identity', 'list', '--project', slug)).code).toBe(1);
});

test('refused with the reason: an unknown project, an unknown organization, a slug that is taken, the first project', async () => {
  expect(await signet('identity', 'list', '--project', 'nowhere')).toEqual({
    code: 1,
    out: '',
    err: 'There is no project nowhere; see: project list\n',
  });
  const create = ['project', 'create', '--name', 'Acme'];
  expect((await signet(...create, '--slug', newSlug(), '--organization', 'nobody')).err).toContain('nobody');
  expect((await signet(...create, '--slug', 'signet')).code).toBe(1);
  expect((await signet('project', 'delete', 'signet')).code).toBe(1);
});

test('how long audit events are kept is chosen for each project, within bounds', async () => {
  expect(await json('project', 'retention', '365')).toMatchObject({ audit_retention_days: 365 });
  expect(await json('project', 'retention', 'forever')).toMatchObject({ audit_retention_days: null });
  for (const days of ['29', '3651', 'never', '90.5'])
    expect(await signet('project', 'retention', days)).toMatchObject({
      code: 1,
      err: expect.stringContaining('30 to 3650'),
    });
});
