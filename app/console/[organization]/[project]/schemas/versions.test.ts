import { beforeAll, expect, test } from 'vitest';
import { createIdentity } from '@/lib/identity/service';
import { cliActor } from '@/lib/platform/actor';
import type { Project } from '@/lib/project/model';
import { addSchemaVersion, createSchema } from '@/lib/schema/service';
import { makeProject } from '@/testing/project';
import { readVersions } from './versions';

const documentOf = (title: string) => ({
  type: 'object',
  properties: {
    traits: {
      type: 'object',
      properties: { email: { type: 'string', format: 'email', title, 'x-signet': { identifier: true } } },
    },
  },
});

let project: Project;
const found = async (schemaId?: string) =>
  (await readVersions(project.id, schemaId)).map(({ schemaId: id, version, identities, isNewest }) => [
    ...[id, version, identities, isNewest],
  ]);

beforeAll(async () => {
  project = await makeProject();
  const actor = cliActor(project.id);
  const addIdentity = (email: string, schemaId: string) =>
    createIdentity(actor, { schemaId, traits: { email: `${email}-${project.id}@example.com` } });
  await createSchema(actor, 'customer', documentOf('E-mail'));
  await addIdentity('ada', 'customer');
  await addIdentity('grace', 'customer');
  await addSchemaVersion(actor, 'customer', documentOf('Mail'));
  await addSchemaVersion(actor, 'customer', documentOf('Mail address'));
  await addIdentity('katherine', 'customer');
  await addIdentity('dorothy', 'default');
});

test('lists versions newest first with the number of identities on each', async () => {
  expect(await found('customer')).toEqual([
    ['customer', 3, 1, true],
    ['customer', 2, 0, false],
    ['customer', 1, 2, false],
  ]);
});

test('lists only the project’s own schemas', async () => {
  expect((await found()).filter(([id]) => id === 'default')).toEqual([['default', 1, 1, true]]);
  expect(await found()).toHaveLength(4);
  project = await makeProject();
  expect(await found()).toEqual([['default', 1, 0, true]]);
});
