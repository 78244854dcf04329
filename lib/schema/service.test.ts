import { beforeEach, expect, test } from 'vitest';
import { cliActor } from '@/lib/platform/actor';
import type { JsonObject } from '@/lib/platform/json';
import type { Project } from '@/lib/project/model';
import { makeProject } from '@/testing/project';
import { fieldsOf } from './model';
import { addSchemaVersion, createSchema, findSchema } from './service';

const documentOf = (properties: JsonObject): JsonObject => ({
  properties: { traits: { type: 'object', properties } },
});
const email = { type: 'string', format: 'email' };
const age = { type: 'integer', title: 'Age' };

let project: Project;
beforeEach(async () => {
  project = await makeProject();
});

test('another order of the fields is another version', async () => {
  const actor = cliActor(project.id);
  await createSchema(actor, 'person', documentOf({ email, age }));
  expect(await addSchemaVersion(actor, 'person', documentOf({ age, email }))).toMatchObject({ version: 2 });
  const newest = await findSchema(project.id, 'person');
  expect(fieldsOf(newest?.document ?? {}).map(({ pointer }) => pointer)).toEqual(['/traits/age', '/traits/email']);
});

test('another order of keywords makes no new version', async () => {
  const actor = cliActor(project.id);
  await createSchema(actor, 'person', documentOf({ age }));
  const same = await addSchemaVersion(actor, 'person', documentOf({ age: { title: 'Age', type: 'integer' } }));
  expect(same.version).toBe(1);
});
