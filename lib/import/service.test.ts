import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { listEvents } from '@/lib/audit/service';
import type { Identity } from '@/lib/identity/model';
import {
  changeIdentity,
  countIdentities,
  createIdentity,
  findIdentity,
  getIdentity,
  listAfter,
} from '@/lib/identity/service';
import { operatorPrincipal } from '@/lib/job/service';
import { type Actor, cliActor, systemActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import { parseJson } from '@/lib/platform/strict-json';
import type { Project } from '@/lib/project/model';
import { LeaseLostError } from '@/lib/queue/model';
import { exportCsv, exportLines } from '@/lib/transfer/service';
import { makeOperator } from '@/testing/operators';
import { addPasskey, makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { type Import, type ImportOwner, NO_FINDINGS } from './model';
import * as rows from './repository';
import {
  checkNow,
  chooseSettings,
  getOwnImport,
  importSource,
  openRefused,
  receiveOnce,
  receiveUpload,
  startCheck,
  startImport,
} from './service';
import { purgeImports } from './service/jobs';
import type { Chosen } from './service/recognize';
import { runImportNow } from './service/run-now';

let project: Project;
const CLI: ImportOwner = { kind: 'cli', id: null };
const never = new AbortController().signal;

beforeEach(async () => {
  project = await makeProject();
});

async function* pieces(text: string | Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}
const receive = (text: string, chosen: Chosen = {}, owner = CLI, name = 'people.csv') =>
  receiveUpload({ projectId: project.id, owner, name, body: pieces(text), chosen });
const check = async (text: string, chosen: Chosen = {}) =>
  checkNow(await receive(text, chosen), cliActor(project.id), project);

async function finish(one: Import): Promise<Import> {
  const found = await runImportNow(one, never);
  if (!found) throw new Error('another process has it');
  return found;
}
async function run(text: string, chosen: Chosen = {}): Promise<Import> {
  return finish(await startImport(await receive(text, chosen), { kind: 'cli' }));
}
const numbers = ({ created, changed, same, failed }: Pick<Import, 'created' | 'changed' | 'same' | 'failed'>) => ({
  created,
  changed,
  same,
  failed,
});
const textOf = async (pieces: AsyncIterable<{ text: string } | string>) => {
  let text = '';
  for await (const piece of pieces) text += typeof piece === 'string' ? piece : piece.text;
  return text;
};
const people = () => listAfter(project.id, {}, null, 1000);
const emails = async () => (await people()).map(({ traits }) => traits.email).sort();

const CSV = [
  'Customer number;E-mail;First name;Last name',
  'c-1;one@example.com;Ada;"Lovelace; Countess"',
  'c-2;two@example.com;Zoë;Ł',
  'c-3;not an address;X;Y',
  'c-4;four@example.com;"multi\nline";Z',
  '',
].join('\r\n');

test('a dry run says what the import then does, and changes nothing', async () => {
  await createIdentity(systemActor(project.id), { traits: { email: 'old@example.com' }, externalId: 'c-2' });
  const before = await people();
  const expected = { created: 2, changed: 1, same: 0, failed: 1 };
  const events = await (await db()).auditEvent.count({ where: { projectId: project.id } });
  const checked = await check(CSV, { policy: 'merge' });
  expect(numbers(checked)).toEqual(expected);
  expect(checked.findings.failed).toEqual([
    { row: 4, code: 'invalid_traits', reason: expect.stringContaining('/traits/email') },
  ]);
  const [{ row, changes } = { row: 0, changes: {} }] = checked.findings.changed;
  expect([row, changes]).toEqual([
    3,
    {
      '/traits/email': { before: 'old@example.com', after: 'two@example.com' },
      '/traits/name/first': { before: null, after: 'Zoë' },
      '/traits/name/last': { before: null, after: 'Ł' },
    },
  ]);
  expect(await people()).toEqual(before);
  expect(await (await db()).auditEvent.count({ where: { projectId: project.id } })).toBe(events);

  const done = await run(CSV, { policy: 'merge' });
  expect(numbers(done)).toEqual(expected);
  expect(done).toMatchObject({ phase: 'finished', endedBy: null, total: 4, principal: null });
  expect(done.findings).toEqual(checked.findings);
  expect(await emails()).toEqual(['four@example.com', 'one@example.com', 'two@example.com']);
  // The second time, nothing changes.
  expect(numbers(await run(CSV, { policy: 'merge' }))).toEqual({ created: 0, changed: 0, same: 3, failed: 1 });
  expect(numbers(await run(CSV))).toEqual({ created: 0, changed: 0, same: 3, failed: 1 });
});

test('its events name the job, and its upload is removed', async () => {
  const one = await run(CSV);
  const events = await (await db()).auditEvent.findMany({ where: { projectId: project.id, jobId: one.id } });
  expect(events.map(({ type }) => type).filter((type) => type === 'identity.created')).toHaveLength(3);
  expect(await rows.hasChunks(one.id, 'upload')).toBe(false);
  expect(await importSource.find(project.id, one.id)).toMatchObject({
    kind: 'import',
    state: 'finished',
    done: 3,
    result: { created: 3, errors: 1 },
    undo: { possible: true },
  });
});

test('refused rows come back with their reason, and are imported once corrected', async () => {
  const one = await run(CSV);
  const { text, name, mediaType } = await openRefused(one);
  expect([name, mediaType]).toEqual(['people-errors.csv', 'text/csv; charset=utf-8']);
  const file = await textOf(text);
  expect(file.split('\r\n')[0]).toBe('\uFEFFCustomer number;E-mail;First name;Last name;import_error');
  expect(file).toMatch(/c-3;not an address;X;Y;"?Row 4: /);
  const corrected = await run(file.replace('not an address', 'three@example.com'));
  expect(numbers(corrected)).toEqual({ created: 1, changed: 0, same: 0, failed: 0 });
  await expect(openRefused(corrected)).rejects.toMatchObject({ code: 'not_found' });
});

test('refused JSON rows come back as JSON Lines', async () => {
  const lines = ['{"traits":{"email":"bad"}}', 'not json', '{"traits":{"email":"good@example.com"}}'];
  const one = await run(lines.join('\n'));
  const file = await textOf((await openRefused(one)).text);
  const [first, second] = file
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(first).toEqual({ traits: { email: 'bad' }, import_error: expect.stringMatching(/^Row 1: /) });
  expect(second).toEqual({ import_error: expect.stringMatching(/^Row 2: /), text: 'not json' });
  expect(numbers(await run(`${JSON.stringify({ ...first, traits: { email: 'b@example.com' } })}\n`))).toMatchObject({
    created: 1,
    failed: 0,
  });
});

describe('a killed process', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, at) => `{"traits":{"email":"p${at}@kill.example"}}`).join('\n');

  test('leaves an import that the next one finishes, doubling and skipping no one', async () => {
    const one = await startImport(await receive(many(1000)), { kind: 'cli' });
    const stop = new AbortController();
    const interrupted = runImportNow(one, stop.signal);
    const client = await db();
    for (;;) {
      if ((await rows.findImport(project.id, one.id))?.position ?? 0) break;
      await new Promise((resolve) => setImmediate(resolve));
    }
    stop.abort(new LeaseLostError()); // as when the process dies: nothing is released
    await interrupted.catch(() => null);
    const { position = 0 } = (await rows.findImport(project.id, one.id)) ?? {};
    expect(position).toBeGreaterThan(0);
    expect(await countIdentities(project.id, {})).toBe(position);
    await client.job.updateMany({ where: { id: `import.run:${one.id}` }, data: { leaseUntil: new Date(0) } });
    const done = await finish(one);
    expect(numbers(done)).toEqual({ created: 1000, changed: 0, same: 0, failed: 0 });
    expect(await countIdentities(project.id, {})).toBe(1000);
    const events = await client.auditEvent.count({ where: { projectId: project.id, type: 'identity.created' } });
    expect(events).toBe(1000);
  });
});

test('a file names a user once: the second row is refused, in the dry run too', async () => {
  const text = 'email\none@example.com\nONE@example.com\ntwo@example.com\n';
  for (const found of [await check(text), await run(text)]) {
    expect(numbers(found)).toEqual({ created: 2, changed: 0, same: 0, failed: 1 });
    expect(found.findings.failed).toEqual([{ row: 3, code: 'invalid_input', reason: 'Row 2 is about the same user' }]);
  }
});

test('an address that another row of the file takes is refused, in the dry run too', async () => {
  const row = (id: string, email: string) => JSON.stringify({ external_id: id, traits: { email } });
  const filler = Array.from({ length: 300 }, (_, at) => row(`f${at}`, `f${at}@example.com`));
  const text = [row('a', 'same@example.com'), ...filler, row('b', 'same@example.com'), row('c', 'c@example.com')].join(
    '\n',
  );
  const chosen = { match: 'external_id' } as const;
  for (const found of [await check(text, chosen), await run(text, chosen)]) {
    expect(numbers(found)).toEqual({ created: 302, changed: 0, same: 0, failed: 1 });
    expect(found.findings.failed).toMatchObject([{ row: 302, code: 'identifier_taken' }]);
  }
});

test('a change to a taken address is refused on its own, the others are written', async () => {
  const make = (externalId: string) =>
    createIdentity(systemActor(project.id), { externalId, traits: { email: `${externalId}@example.com` } });
  await Promise.all(['a', 'b', 'c'].map(make));
  const text = 'external_id,email\na,new-a@example.com\nb,c@example.com\nc,new-c@example.com\n';
  const done = await run(text, { policy: 'merge' });
  expect(numbers(done)).toEqual({ created: 0, changed: 2, same: 0, failed: 1 });
  expect(done.findings.failed).toMatchObject([{ row: 3, code: 'identifier_taken' }]);
  expect(await emails()).toEqual(['b@example.com', 'new-a@example.com', 'new-c@example.com']);
});

test('merging keeps what the file does not have', async () => {
  const before = await createIdentity(systemActor(project.id), {
    externalId: 'a',
    traits: { email: 'a@example.com', name: { first: 'Ada', last: 'L' } },
    metadataAdmin: { keep: 1, plan: 'free' },
  });
  const mapping = {
    external_id: '/external_id',
    Plan: '/metadata_admin/plan',
    Vorname: '/traits/name/first',
    Status: '/state',
  };
  await run('external_id,Plan,Vorname,Status\na,pro,,inaktiv\n', { policy: 'merge', mapping });
  const after = await getIdentity(project.id, before.id);
  expect(after.traits).toEqual({ email: 'a@example.com', name: { first: 'Ada', last: 'L' } });
  expect(after).toMatchObject({ metadataAdmin: { keep: 1, plan: 'pro' }, state: 'inactive' });
});

test('a row of another schema is refused', async () => {
  const { id } = await createIdentity(systemActor(project.id), { traits: { email: 'a@example.com' } });
  await changeIdentity(systemActor(project.id), id, () => ({}));
  const done = await run(JSON.stringify({ id, schema_id: 'unknown', traits: {} }), { policy: 'merge' });
  expect(done.findings.failed).toMatchObject([{ code: 'unknown_schema' }]);
});

describe('operators', () => {
  let viewer: Identity;
  let owner: Identity;
  beforeEach(async () => {
    viewer = await makeOperator(project, 'viewer', project.organizationId);
    owner = await makeOperator(project, 'owner', project.organizationId);
  });
  const lines = (...identities: Identity[]) =>
    identities
      .map(({ id, traits }) => JSON.stringify({ id, traits: { ...traits, name: { first: 'Changed' } } }))
      .join('\n');

  test('are left out of the import of a program, and listed', async () => {
    const actor: Actor = { projectId: project.id, kind: 'api_credential', id: 'sc_1', requestId: null, address: null };
    const upload = await receive(lines(viewer, owner), { policy: 'merge' }, { kind: 'api_credential', id: 'sc_1' });
    const { leftOut } = await checkNow(upload, actor, project);
    expect(leftOut).toEqual({
      counts: { operator: 2 },
      people: [viewer, owner].map(({ id }) => ({ id, reason: 'operator' })),
    });
  });

  test('are left out above the role of the operator who imports', async () => {
    const admin = await makeOperator(project, 'admin', project.organizationId);
    const actor: Actor = { projectId: project.id, kind: 'operator', id: admin.id, requestId: newId(), address: null };
    const upload = await receive(lines(viewer, owner), { policy: 'merge' }, { kind: 'operator', id: admin.id });
    await startImport(upload, operatorPrincipal(actor, admin, project.organizationId));
    const done = await finish(upload);
    expect(done.leftOut).toEqual({ counts: { operator: 1 }, people: [{ id: owner.id, reason: 'operator' }] });
    expect(numbers(done)).toEqual({ created: 0, changed: 1, same: 0, failed: 0 });
    expect((await getIdentity(project.id, owner.id)).traits).toEqual(owner.traits);
    expect(done.endedBy).toBeNull();
  });

  test('an import ends when the operator loses the role', async () => {
    const admin = await makeOperator(project, 'admin', project.organizationId);
    const actor: Actor = { projectId: project.id, kind: 'operator', id: admin.id, requestId: newId(), address: null };
    const upload = await receive(CSV, {}, { kind: 'operator', id: admin.id });
    await startImport(upload, operatorPrincipal(actor, admin, project.organizationId));
    await changeIdentity(systemActor(admin.projectId), admin.id, () => ({ state: 'inactive' }));
    const done = await finish(upload);
    expect(done).toMatchObject({ endedBy: 'not_permitted', phase: 'finished', created: 0 });
    expect(await rows.hasChunks(upload.id, 'upload')).toBe(false);
  });
});

test('a check by a job, a change of mind, then the import', async () => {
  const upload = await receive(CSV);
  await startCheck(upload, { kind: 'cli' });
  await expect(chooseSettings(upload, { policy: 'merge' })).rejects.toMatchObject({ code: 'version_conflict' });
  const checked = await finish(upload);
  expect(checked).toMatchObject({ phase: 'checked', total: 4, created: 3, failed: 1 });
  expect(await emails()).toEqual([]);
  expect(await importSource.find(project.id, upload.id)).toBeNull();
  const again = await chooseSettings(checked, { mapping: { 'Last name': null } });
  expect(again.phase).toBe('ready');
  await expect(chooseSettings(again, { mapping: { 'Last name': '/version' } })).rejects.toMatchObject({
    code: 'invalid_input',
  });
  await startImport(again, { kind: 'cli' });
  expect(numbers(await finish(again))).toEqual({ created: 3, changed: 0, same: 0, failed: 1 });
  expect((await people()).every(({ traits }) => !JSON.stringify(traits).includes('last'))).toBe(true);
});

test('a stopped import keeps what it did', async () => {
  const upload = await startImport(await receive(CSV), { kind: 'cli' });
  await importSource.stop(project.id, upload.id);
  expect(await finish(upload)).toMatchObject({ phase: 'finished', endedBy: 'stopped', created: 0 });
});

test('uploads of others, and of other projects, are not found', async () => {
  const upload = await receive(CSV, {}, { kind: 'operator', id: 'o-1' });
  for (const owner of [CLI, { kind: 'operator', id: 'o-2' } as const])
    await expect(getOwnImport(project.id, upload.id, owner)).rejects.toMatchObject({ code: 'not_found' });
  const other = await makeProject();
  await expect(getOwnImport(other.id, upload.id, upload.owner)).rejects.toMatchObject({ code: 'not_found' });
  await startImport(upload, { kind: 'cli' });
  expect(await importSource.find(other.id, upload.id)).toBeNull();
  await expect(importSource.stop(other.id, upload.id)).rejects.toMatchObject({ code: 'not_found' });
});

test('an upload is stored encrypted, in chunks, and removed after a day', async () => {
  const secret = 'ada.lovelace@example.com';
  const upload = await receive(`email\n${secret}\n${'x@example.com\n'.repeat(30_000)}`);
  const chunks = await (await db()).importChunk.findMany({ where: { importId: upload.id } });
  expect(chunks.length).toBeGreaterThan(1);
  expect(chunks.every(({ bytes }) => !Buffer.from(bytes).includes('example.com'))).toBe(true);
  const row = await (await db()).import.findUniqueOrThrow({ where: { id: upload.id } });
  expect(JSON.stringify({ ...row, size: 0 })).not.toMatch(/people\.csv|email/);
  await purgeImports(new Date());
  expect(await rows.findImport(project.id, upload.id)).not.toBeNull();
  await purgeImports(new Date(Date.now() + 25 * 3_600_000));
  expect(await rows.findImport(project.id, upload.id)).toBeNull();
  expect(await rows.hasChunks(upload.id, 'upload')).toBe(false);
});

test('a project has at most five unfinished uploads, and a refused one leaves nothing', async () => {
  await expect(receive('')).rejects.toMatchObject({ code: 'invalid_input' });
  for (let count = 0; count < 5; count++) await receive(CSV);
  await expect(receive(CSV)).rejects.toMatchObject({ code: 'rate_limited' });
  expect(await (await db()).import.count({ where: { projectId: project.id } })).toBe(5);
});

test('drops folders and control characters of a file name', async () => {
  expect((await receive(CSV, {}, CLI, '..\\..\\etc/pass\u0000wd\r\n<x>.csv')).name).toBe('passwdx.csv');
});

test('an Idempotency-Key is bound to its import', async () => {
  const input = (text: string, key = 'k-1', request = '') => ({
    ...{ projectId: project.id, owner: CLI, name: '', key, request },
    body: pieces(text),
  });
  const first = await receiveOnce(input(CSV));
  const again = await receiveOnce(input(CSV));
  expect([again.one.id, again.isReplayed]).toEqual([first.one.id, true]);
  await expect(receiveOnce(input(`${CSV}x`))).rejects.toMatchObject({ code: 'idempotency_key_reused' });
  await expect(receiveOnce(input(CSV, 'k-1', 'policy=merge'))).rejects.toMatchObject({
    code: 'idempotency_key_reused',
  });
  expect((await receiveOnce(input(CSV, 'k-2'))).one.id).not.toBe(first.one.id);
});

test('counts passwords of other systems, and imports none', async () => {
  const user = (name: string) => ({
    ...{
      id: newId(),
      username: name,
      enabled: name !== 'off',
      emailVerified: true,
      createdTimestamp: 1_700_000_000_000,
    },
    ...{ firstName: name, lastName: 'K', email: `${name}@keycloak.example` },
    credentials: [{ type: 'password', secretData: '{"value":"hash"}' }],
  });
  const done = await run(JSON.stringify({ realm: 'acme', users: [user('zoe'), user('off')] }));
  expect(done.passwords).toBe(2);
  const [zoe, off] = await people();
  expect(zoe).toMatchObject({
    state: 'active',
    traits: { email: 'zoe@keycloak.example', name: { first: 'zoe', last: 'K' } },
  });
  expect(zoe?.verifiableAddresses).toMatchObject([{ verified: true }]);
  expect(zoe?.createdAt).toEqual(new Date(1_700_000_000_000));
  expect(off?.state).toBe('inactive');
  expect(JSON.stringify(await listEvents(project.id, {}, { limit: 100 }))).not.toContain('hash');
});

test('imports identities of Kratos, with their IDs and verified addresses', async () => {
  const id = '9f425a8d-7efc-4768-8f23-7647a74fdf13';
  const address = {
    id: newId(),
    value: 'k@example.com',
    via: 'email',
    verified: true,
    status: 'completed',
    created_at: 'x',
    updated_at: 'x',
  };
  const kratos = {
    ...{ id, schema_id: 'default', schema_url: 'https://k.example/schemas/ZGVmYXVsdA', state: 'active' },
    ...{
      state_changed_at: '2024-01-31T09:30:00Z',
      traits: { email: 'k@example.com' },
      region: 'eu',
      organization_id: newId(),
    },
    verifiable_addresses: [address, { ...address, via: 'sms', value: '+49301' }],
    recovery_addresses: [{ ...address, verified: undefined, status: undefined }],
    metadata_public: { plan: 'pro' },
    metadata_admin: null,
    credentials: { password: { type: 'password', config: { hashed_password: '$2a$…' } }, oidc: {} },
    ...{ created_at: '2024-01-31T09:30:00Z', updated_at: '2024-01-31T09:30:00Z' },
  };
  const done = await run(JSON.stringify([kratos]));
  expect([numbers(done), done.passwords]).toEqual([{ created: 1, changed: 0, same: 0, failed: 0 }, 1]);
  expect(await findIdentity(project.id, id)).toMatchObject({
    createdAt: new Date('2024-01-31T09:30:00Z'),
    metadataPublic: { plan: 'pro' },
    verifiableAddresses: [{ value: 'k@example.com', verified: true }],
  });
});

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom("'=1+1", '=1+1', "''@x", '-5', ' a', '"', ';\r\n,', ''),
);
/** What the API accepts: no `__proto__`, no integer beyond 2^53. */
const json = fc.jsonValue({ maxDepth: 2 }).filter((value) => {
  try {
    return parseJson(JSON.stringify(value)) !== undefined;
  } catch {
    return false;
  }
});
const person = fc.record(
  {
    traits: fc.record(
      { email: fc.nat(10_000), name: fc.record({ first: text, last: text }, { requiredKeys: [] }) },
      { requiredKeys: ['email'] },
    ),
    state: fc.constantFrom('active' as const, 'inactive' as const),
    metadataPublic: json,
    metadataAdmin: json,
    externalId: text.filter((value) => value.trim() !== ''),
    isVerified: fc.boolean(),
  },
  { requiredKeys: ['traits'] },
);

/** Removes all identities, as if the project were another installation's. */
async function empty(): Promise<void> {
  await (await db()).identity.deleteMany({ where: { projectId: project.id } });
}

test('what an import of an export exports is the same: bytes of JSON Lines, values of CSV', async () => {
  const lists = fc.uniqueArray(person, { minLength: 1, maxLength: 6, selector: ({ traits }) => traits.email });
  await fc.assert(
    fc.asyncProperty(lists, fc.boolean(), async (list, isForSpreadsheet) => {
      await empty();
      for (const { traits, isVerified, externalId, ...one } of list) {
        const email = `p${traits.email}@round.example`;
        await createIdentity(systemActor(project.id), {
          ...(one as object),
          externalId: externalId === undefined ? null : `${externalId}-${traits.email}`,
          traits: { ...traits, email },
          verifiedAddresses: isVerified ? [email] : [],
        }).catch(() => null); // text that the schema refuses
      }
      if ((await countIdentities(project.id, {})) === 0) return;
      const first = await makePerson(project);
      await addPasskey(await signIn(project, first));
      const lines = await textOf(exportLines(project.id, { hasPasskeys: true }));
      const csv = await textOf(exportCsv(project.id, { isForSpreadsheet }));
      await empty();
      expect((await run(lines)).findings).toEqual(NO_FINDINGS);
      expect(await textOf(exportLines(project.id, { hasPasskeys: true }))).toBe(lines);
      expect((await run(lines, { policy: 'merge' })).findings).toEqual(NO_FINDINGS);
      await empty();
      expect((await run(csv)).findings).toEqual(NO_FINDINGS);
      expect(await textOf(exportCsv(project.id, { isForSpreadsheet }))).toBe(csv);
    }),
    { numRuns: 8 },
  );
});
