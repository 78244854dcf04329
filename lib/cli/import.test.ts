import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { systemActor } from '@/lib/platform/actor';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { createProject, getFirstProject } from '@/lib/project/service';
import { json, signet } from '@/testing/command-line';
import { readEvents } from '@/testing/events';

let folder: string;
let project: Project;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'signet-import-'));
  await json('project', 'list');
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  const first = await getFirstProject();
  const slug = `p-${newId().slice(-12)}`;
  project = await createProject(systemActor(first.id), first.organizationId, { name: 'Acme', slug, origin: '' });
});

const of = () => ['--project', project.slug];
async function file(name: string, text: string): Promise<string> {
  const at = path.join(folder, `${newId()}-${name}`);
  await writeFile(at, text);
  return at;
}
const people = async () =>
  (await json('identity', 'list', ...of())).map((one: { traits: { email: string; name?: object } }) => one.traits);

/** As a German spreadsheet writes it. */
const CSV =
  '\uFEFFE-Mail;Vorname;Kundennummer;Notiz\r\nada@example.com;"Ada; Augusta";1;x\r\nbob@example.com;Bob;2;y\r\nnobody;;3;z\r\n';

test('--dry-run says what a file would do, as the screen does, and changes nothing', async () => {
  const csv = await file('people.csv', CSV);
  const { code, out } = await signet('identity', 'import', csv, '--dry-run', '--json', ...of());
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    ...{ dry_run: true, create: 2, change: 0, same: 0, errors: 1 },
    settings: {
      ...{ format: 'csv', encoding: 'utf-8', delimiter: 'semicolon', match: 'external_id', policy: 'create' },
      mapping: { 'E-Mail': '/traits/email', Vorname: '/traits/name/first', Kundennummer: '/external_id', Notiz: null },
    },
    first_errors: [{ row: 4, code: 'invalid_traits' }],
  });
  expect(await people()).toEqual([]);
  const text = (await signet('identity', 'import', csv, '--dry-run', ...of())).out;
  expect(text).toContain('create 2, change 0, same 0, left out 0, errors 1');
  expect(text).toMatch(/Notiz +ignored/);
  expect(text).toContain('row 4: /traits/email');
  expect(await json('job', 'list', ...of())).toEqual([]);
});

test('imports CSV by a job, writes rows with errors to a file, and undoes it', async () => {
  const csv = await file('people.csv', CSV);
  const errors = path.join(folder, `${newId()}.csv`);
  const { code, out } = await signet('identity', 'import', csv, '--errors', errors, '--json', ...of());
  expect(code).toBe(1);
  const job = JSON.parse(out);
  expect(job).toMatchObject({ kind: 'import', state: 'finished', result: { created: 2, errors: 1 } });
  expect(await people()).toMatchObject([{ email: 'ada@example.com', name: { first: 'Ada; Augusta' } }, { name: {} }]);
  expect(await readFile(errors, 'utf8')).toBe(
    '\uFEFFE-Mail;Vorname;Kundennummer;Notiz;import_error\r\nnobody;;3;z;"Row 4: /traits/email: must match format ""email"""\r\n',
  );
  expect((await stat(errors)).mode & 0o777).toBe(0o600);
  expect(await json('job', 'undo', job.id, ...of())).toMatchObject({ kind: 'undo', state: 'finished', done: 2 });
  expect(await people()).toEqual([]);
});

test('a second import says what is the same; --policy merge and --map change the rest', async () => {
  const csv = await file('people.csv', 'email,nick,key\nada@example.com,Countess,1\n');
  await json('identity', 'import', csv, '--map', 'key=/external_id', ...of());
  const merge = ['--policy', 'merge', '--match', 'external_id', '--map', 'key=/external_id'];
  const map = ['--map', 'nick=/metadata_public/nick'];
  expect(await json('identity', 'import', csv, '--dry-run', ...merge, ...map, ...of())).toMatchObject({
    ...{ create: 0, change: 1, same: 0 },
    fields: { '/metadata_public': 1 },
  });
  const imported = await signet('identity', 'import', csv, ...merge, ...map, ...of());
  expect(imported.out).toContain('0 created, 1 changed, same 0, left out 0, errors 0');
  expect(imported.out).toMatch(/Undo with: job undo [\w-]{36}/);
  expect(await json('identity', 'import', csv, '--dry-run', ...merge, ...map, ...of())).toMatchObject({ same: 1 });
});

test('recognizes the export of another system', async () => {
  const kratos = { schema_url: 'https://k.example/s', traits: { email: 'kim@example.com' }, state: 'active' };
  const at = await file('identities.json', JSON.stringify([{ ...kratos, id: newId() }], null, 2));
  expect(await json('identity', 'import', at, ...of())).toMatchObject({ settings: { format: 'kratos' } });
  expect(await people()).toEqual([{ email: 'kim@example.com' }]);
});

test('refuses impossible options before anything is stored', async () => {
  const csv = await file('people.csv', CSV);
  for (const [options, reason] of [
    [['--map', 'E-Mail=/nowhere'], 'is not a field'],
    [['--encoding', 'ebcdic'], '--encoding'],
    [['--dry-run', '--from-line', '2'], 'cannot be used with'],
  ] as const) {
    const { code, err } = await signet('identity', 'import', csv, ...options, ...of());
    expect([code > 0, err]).toEqual([true, expect.stringContaining(reason)]);
  }
  const empty = await signet('identity', 'import', await file('empty.csv', ''), ...of());
  expect([empty.code, empty.err]).toEqual([1, expect.stringContaining('empty')]);
});

test('export: filters, formats, and an audit event for each', async () => {
  await json('identity', 'import', await file('people.csv', CSV.replace('nobody;;3;z\r\n', '')), ...of());
  const csv = await signet('identity', 'export', '--format', 'csv', '--columns', 'traits/email', ...of());
  expect(csv.out).toBe('traits/email\r\nada@example.com\r\nbob@example.com\r\n');
  const lines = await signet('identity', 'export', '--query', 'ada@example.com', '--state', 'active', ...of());
  expect(lines.out.trimEnd().split('\n')).toHaveLength(1);
  const events = await readEvents(project.id, 'identity.exported');
  expect(events.reverse().map(({ actorKind, details }) => [actorKind, details])).toEqual([
    ['cli', { format: 'csv', count: 2, filter: {}, spreadsheet: false, columns: 1 }],
    // The words may name a person.
    ['cli', { format: 'jsonl', count: 1, filter: { q: true, state: 'active' }, passkeys: true }],
  ]);
});
