import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createIdentity, getIdentity } from '@/lib/identity/service';
import { cliActor, systemActor } from '@/lib/platform/actor';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { createProject, getFirstProject } from '@/lib/project/service';
import { createSchema } from '@/lib/schema/service';
import { json, signet } from '@/testing/command-line';
import { documentOf } from '@/testing/schema-change';

let folder: string;
let project: Project;
let draft: string;
let repairs: string;
let good: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'signet-schema-'));
  await json('project', 'list');
  draft = await file('draft.json', documentOf({ age: { type: 'integer' } }));
  repairs = await file('repairs.json', [{ op: 'convert', pointer: '/traits/age', to: 'integer' }]);
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  const first = await getFirstProject();
  const slug = `p-${newId().slice(-12)}`;
  project = await createProject(systemActor(first.id), first.organizationId, { name: 'Acme', slug, origin: '' });
  const actor = cliActor(project.id);
  await createSchema(actor, 'person', documentOf({ age: { type: 'string' } }));
  const make = (age: string) =>
    createIdentity(actor, { schemaId: 'person', traits: { email: `${newId()}@example.com`, age } });
  good = (await make('41')).id;
  await make('old');
});

const of = () => ['--project', project.slug];
async function file(name: string, value: unknown): Promise<string> {
  const at = path.join(folder, name);
  await writeFile(at, typeof value === 'string' ? value : JSON.stringify(value));
  return at;
}

test('impact: says who stays valid, with reasons, and changes nothing', async () => {
  const { out, code } = await signet('schema', 'impact', 'person', draft, ...of());
  expect(code).toBe(0);
  expect(out).toMatch(/^0 stay valid, 2 would not:\n {2}2 {2}\/traits\/age must be integer, such as [\w-]{36}\n/);
  const job = await json('schema', 'impact', 'person', draft, '--repairs', repairs, ...of());
  expect(job).toMatchObject({ kind: 'schema_impact', state: 'finished', result: { repaired: 1, invalid: 1 } });
  expect((await getIdentity(project.id, good)).schemaVersion).toBe(1);
});

test('publish, undo and delete: move identities, move them back, and remove what is unused', async () => {
  const impact = await json('schema', 'impact', 'person', draft, '--repairs', repairs, ...of());
  const rest = ['--repairs', repairs, '--impact-job', impact.id, ...of()];
  const published = await json('schema', 'publish', 'person', draft, ...rest);
  expect(published).toMatchObject({ kind: 'schema_publish', done: 1, left_out: { invalid: 1 } });
  expect(await getIdentity(project.id, good)).toMatchObject({ schemaVersion: 2, traits: { age: 41 } });
  const again = await signet('schema', 'publish', 'person', draft, ...rest);
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('schema')]);
  const undone = await signet('schema', 'undo', published.id, ...of());
  expect([undone.code, undone.out]).toEqual([0, '1 put back.\n']);
  expect(await getIdentity(project.id, good)).toMatchObject({ schemaVersion: 1, traits: { age: '41' } });
  expect((await signet('schema', 'delete', 'person', ...of())).code).toBe(1);
  await createSchema(cliActor(project.id), 'unused', documentOf());
  expect(await json('schema', 'delete', 'unused', ...of())).toEqual({ id: 'unused' });
});

test('refuses files that are no draft, and names the fault', async () => {
  for (const [name, content, reason] of [
    ['syntax.json', '{', 'JSON'],
    ['list.json', [], '/schema'],
    ['document.json', { type: 'object' }, 'traits'],
  ] as const) {
    const { code, err } = await signet('schema', 'impact', 'person', await file(name, content), ...of());
    expect([code, err]).toEqual([1, expect.stringContaining(reason)]);
  }
  const odd = await file('odd.json', [{ op: 'remove', pointer: '/state' }]);
  const { err } = await signet('schema', 'publish', 'person', draft, '--repairs', odd, ...of());
  expect(err).toContain('/repairs/0/pointer');
  expect((await signet('schema', 'undo', newId(), ...of())).code).toBe(1);
});
