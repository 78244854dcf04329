import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import aaguids from '@/lib/credential/aaguids.json';
import { listPasskeys } from '@/lib/credential/service';
import { changeIdentity, findIdentity } from '@/lib/identity/service';
import { systemActor } from '@/lib/platform/actor';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { createProject, getFirstProject } from '@/lib/project/service';
import { cbor, toCoseKey } from '@/testing/authenticator';
import { json, signet } from '@/testing/command-line';
import { readEvents } from '@/testing/events';
import { addPasskey, makePerson, signIn } from '@/testing/people';
import { deleteWhole } from '@/testing/project';

let folder: string;
let first: Project;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'signet-transfer-'));
  await json('project', 'list');
  first = await getFirstProject();
});
afterAll(() => rm(folder, { recursive: true }));

/** A project that is deleted again: the installation from which identities are exported. */
async function makeProject(origin = ''): Promise<Project> {
  const slug = `p-${newId().slice(-12)}`;
  return createProject(systemActor(first.id), first.organizationId, { name: 'Acme', slug, origin });
}
const of = (project: Project) => ['--project', project.slug];
const read = async (file: string) =>
  (await readFile(file, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
async function lines(...values: unknown[]): Promise<string> {
  const file = path.join(folder, `${newId()}.jsonl`);
  await writeFile(file, values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join('\n'));
  return file;
}

/** Without generated values: the IDs of addresses. */
const comparable = (one: { verifiable_addresses: object[]; recovery_addresses: object[] }) => ({
  ...one,
  verifiable_addresses: one.verifiable_addresses.map((address) => ({ ...address, id: '' })),
  recovery_addresses: one.recovery_addresses.map((address) => ({ ...address, id: '' })),
});

test('an identity is the same after export and import elsewhere, including its passkeys', async () => {
  const origin = `https://${newId()}.example.com`;
  const old = await makeProject(origin);
  const person = await makePerson(old, { first: 'Zoë', last: '𝕏 "Ł"' });
  await addPasskey(await signIn(old, person));
  await changeIdentity(systemActor(old.id), person.id, () => ({
    state: 'inactive',
    externalId: 'X-1',
    metadataAdmin: { z: 1, a: [null] },
    verified: { [person.identifiers[0] ?? '']: true },
  }));
  for (let count = 0; count < 3; count++) await makePerson(old);
  const [passkey] = await listPasskeys(old.id, person.id);
  const file = path.join(folder, 'people.jsonl');
  expect(await json('identity', 'export', '--output', file, ...of(old))).toEqual({ exported: 4, file });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const exported = await read(file);
  await deleteWhole(old.id); // frees its IDs and its domain

  const target = await makeProject(origin);
  expect(await json('identity', 'import', file, ...of(target))).toEqual({ imported: 4, present: 0, refused: [] });
  const { out } = await signet('identity', 'export', ...of(target));
  expect(
    out
      .trimEnd()
      .split('\n')
      .map((line) => comparable(JSON.parse(line))),
  ).toEqual(exported.map(comparable));
  expect((await findIdentity(target.id, person.id))?.userHandle).toBe(person.userHandle);
  const [taken] = await listPasskeys(target.id, person.id);
  const unknown = { addedBy: 'unknown', addedSessionId: null, addressId: null };
  expect(taken).toEqual({ ...passkey, ...unknown, id: taken?.id, projectId: target.id });
  expect((await readEvents(target.id, 'identity.created')).map(({ actorKind }) => actorKind)).toEqual(
    Array(4).fill('cli'),
  );
  expect(await readEvents(target.id, 'passkey.added')).toHaveLength(1);

  await json('identity', 'update', person.id, '--first', 'Ada', ...of(target));
  expect(await json('identity', 'import', file, ...of(target))).toEqual({ imported: 0, present: 4, refused: [] });
  expect((await json('identity', 'get', person.id, ...of(target))).traits.name.first).toBe('Ada');
  await deleteWhole(target.id);
});

test('--no-passkeys omits passkeys', async () => {
  const project = await makeProject();
  await addPasskey(await signIn(project, await makePerson(project)));
  const { out } = await signet('identity', 'export', '--no-passkeys', ...of(project));
  expect(JSON.parse(out).credentials).toBeUndefined();
  await deleteWhole(project.id);
});

const PUBLIC_KEY = cbor(toCoseKey(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey)).toString('base64url');
const random = () => newId().replaceAll('-', '');
/** An identity with a passkey. */
function holder({ handle = random(), id = random(), aaguid = newId(), publicKey = PUBLIC_KEY } = {}) {
  const authenticator = { aaguid, sign_count: 0 };
  const flags = { backup_eligible: true, backup_state: true };
  const credentials = [{ id, public_key: publicKey, authenticator, flags }];
  return {
    traits: { email: `${random()}@example.com` },
    credentials: { passkey: { config: { user_handle: handle, credentials } } },
  };
}

test('imports passkeys of every provider, even if its AAGUID is not an RFC 9562 UUID', async () => {
  const names = Object.keys(Object.assign({}, ...aaguids.groups.map((group) => group.names)));
  const project = await makeProject();
  const file = await lines(...names.map((aaguid) => holder({ aaguid })));
  const { refused, imported } = await json('identity', 'import', file, ...of(project));
  expect({ refused, imported }).toEqual({ refused: [], imported: names.length });
  await deleteWhole(project.id);
});

test('refuses only the line with a taken user handle or an overlong credential ID', async () => {
  const project = await makeProject();
  const handle = random();
  const before = await lines(holder({ handle }));
  expect(await json('identity', 'import', before, ...of(project))).toMatchObject({ imported: 1 });
  const [twice, long] = [random(), randomBytes(1024).toString('base64url')];
  const file = await lines(
    holder(),
    holder({ handle }),
    holder({ handle: twice }),
    holder({ handle: twice }),
    holder({ id: randomBytes(1023).toString('base64url') }),
    holder({ id: long }),
    holder(),
  );
  const { out, err } = await signet('identity', 'import', file, '--json', ...of(project));
  expect(err).toBe('');
  const { imported, refused } = JSON.parse(out);
  expect([imported, refused.map((one: { line: number }) => one.line)]).toEqual([4, [2, 4, 6]]);
  await deleteWhole(project.id);
});

test('refuses the line of an unusable passkey', async () => {
  const project = await makeProject();
  const weak = cbor(toCoseKey(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey)).toString('base64url');
  const file = await lines(
    holder({ publicKey: 'cHVibGlj' }),
    holder({ publicKey: weak }),
    holder({ id: 'AB' }), // the same byte is spelled AA, and browsers do
    holder({ handle: 'AB' }),
    holder(),
  );
  const { out } = await signet('identity', 'import', file, '--json', ...of(project));
  const { imported, refused } = JSON.parse(out);
  expect(imported).toBe(1);
  expect(refused.map((one: { reason: string }) => one.reason)).toEqual([
    expect.stringMatching(/^The public key of passkey [\w-]+ cannot be used \(malformed_response\)/),
    expect.stringMatching(/^The public key of passkey [\w-]+ cannot be used \(unusable_key\)/),
    expect.stringMatching(/\/id: must be canonical base64url/),
    expect.stringMatching(/\/user_handle: must be canonical base64url/),
  ]);
  await deleteWhole(project.id);
});

test('imports an identity without passkeys if the file lacks their public keys', async () => {
  const project = await makeProject();
  const passkey = { type: 'passkey', identifiers: ['x'], version: 1, created_at: '2026-01-31T09:30:00.000Z' };
  const file = await lines({ traits: { email: 'told@example.com' }, credentials: { passkey } });
  expect(await json('identity', 'import', file, ...of(project))).toEqual({ imported: 1, present: 0, refused: [] });
  await deleteWhole(project.id);
});

test('imports each line independently and lists refusals by line', async () => {
  const project = await makeProject();
  const email = (name: string) => ({ traits: { email: `${name}@example.com` } });
  const id = newId();
  const elsewhere = await makePerson(first);
  const passkey = (rp_id: string) => ({
    passkey: {
      config: {
        user_handle: 'aGFuZGxl',
        credentials: [
          {
            id: newId().replaceAll('-', ''),
            public_key: PUBLIC_KEY,
            authenticator: { aaguid: newId(), sign_count: 0 },
            flags: { backup_eligible: true, backup_state: false },
            rp_id,
          },
        ],
      },
    },
  });
  const file = await lines(
    { ...email('one'), id },
    'not json',
    { ...email('two'), id },
    '',
    email('ONE'),
    { traits: { email: 'none' } },
    { ...email('three'), password: 'x' },
    { ...email('four'), id: elsewhere.id },
    { ...email('five'), credentials: passkey('elsewhere.example') },
    { ...email('six'), credentials: { password: { hashed: '…' } } },
    { ...email('seven'), __proto__x: 1 },
    email('eight'),
  );
  const { code, out } = await signet('identity', 'import', file, '--json', ...of(project));
  expect(code).toBe(1);
  const { refused, ...counts } = JSON.parse(out);
  expect(counts).toEqual({ imported: 3, present: 0 });
  expect(refused.map((one: { line: number }) => one.line)).toEqual([2, 3, 5, 6, 7, 8, 9, 11]);
  const reasons = Object.fromEntries(refused.map((one: { line: number; reason: string }) => [one.line, one.reason]));
  expect(reasons[7]).toContain('password');
  expect(reasons[8]).toContain('another project');
  expect(reasons[9]).toContain('elsewhere.example');
  const people = await json('identity', 'list', ...of(project));
  expect(people.map((one: { traits: { email: string } }) => one.traits.email).sort()).toEqual(
    ['eight', 'one', 'six'].map((name) => `${name}@example.com`),
  );
  const result = await signet('identity', 'import', file, ...of(project));
  expect(result.out).toMatch(/^0 imported, 2 already present, \d+ refused:\n {2}line 2: /);
  await deleteWhole(project.id);
});

test('refuses a missing file', async () => {
  const { code, err } = await signet('identity', 'import', path.join(folder, 'nowhere'));
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('ENOENT') });
});

test('ignores a byte order mark, refuses a line that is not UTF-8 and a file in UTF-16', async () => {
  const project = await makeProject();
  const file = path.join(folder, `${newId()}.jsonl`);
  const line = (last: string) =>
    `${JSON.stringify({ traits: { email: `${newId()}@example.com`, name: { last } } })}\r\n`;
  await writeFile(file, Buffer.concat([Buffer.from(`\uFEFF${line('Zoë')}`), Buffer.from(line('Müller'), 'latin1')]));
  const { code, out } = await signet('identity', 'import', file, '--json', ...of(project));
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    imported: 1,
    refused: [{ line: 2, reason: expect.stringMatching(/UTF-8/) }],
  });
  const { out: exported } = await signet('identity', 'export', ...of(project));
  expect(JSON.parse(exported).traits.name.last).toBe('Zoë');

  await writeFile(file, Buffer.from(`\uFEFF${line('Zoë')}`, 'utf16le'));
  const refused = await signet('identity', 'import', file, ...of(project));
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining(`${file} is UTF-16`)]);
  await deleteWhole(project.id);
});
