import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createIdentity } from '@/lib/identity/service';
import { systemActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { type AppError, isAppError } from '@/lib/platform/errors';
import { MAX_JSON_BYTES } from '@/lib/platform/json';
import { makeProject } from '@/testing/project';
import { toPerson } from '../contract';
import { importLines } from './import';

async function* pieces(text: string, size = 1000): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

const toLines = (entries: unknown[]) =>
  entries.map((entry) => (typeof entry === 'string' ? entry : JSON.stringify(entry))).join('\n');

/** A new project into which the lines were imported. */
async function imported(entries: unknown[], options: { batchSize?: number; firstLine?: number } = {}) {
  const project = await makeProject();
  const actor = systemActor(project.id);
  const input = pieces(toLines(entries));
  return { project, result: await importLines(actor, project, { input, name: 'test', batchSize: 7, ...options }) };
}

/** Rows of a project's identities in order of creation, without generated values. */
async function rowsOf(projectId: string) {
  const client = await db();
  const identities = await client.identity.findMany({
    where: { projectId },
    include: { identifiers: true, verifiableAddresses: true, recoveryAddresses: true },
  });
  const events = await client.auditEvent.findMany({ where: { projectId, type: 'identity.created' } });
  const anonymous = identities.map(({ id, ...identity }) => ({
    ...identity,
    events: events.filter(({ identityId }) => identityId === id),
  }));
  const generated = /^(id|.*[a-z]Id|userHandle|.*At)$/;
  const text = JSON.stringify(anonymous, (key, value) =>
    generated.test(key) && key !== 'externalId' && value !== null ? typeof value : value,
  );
  return (JSON.parse(text) as object[]).map((one) => JSON.stringify(one)).sort();
}

const MAILS = Array.from({ length: 12 }, (_, at) => `person${at}@import.example`);
const name = fc.record({ first: fc.string({ maxLength: 8 }), last: fc.string({ unit: 'grapheme', maxLength: 8 }) });
const entry = fc.oneof(
  { weight: 8, arbitrary: person() },
  fc.constantFrom<unknown>('not json', '{"traits":{"email":"a@b.example"},"traits":{}}', { traits: { email: 7 } }, {}),
  fc.constant({ schema_id: 'unknown', traits: { email: 'x@import.example' } }),
);

function person() {
  return fc.record(
    {
      traits: fc.record({ email: fc.constantFrom(...MAILS), name }, { requiredKeys: ['email'] }),
      state: fc.constantFrom('active', 'inactive'),
      external_id: fc.constantFrom('e-1', 'e-2', 'e-3', 'e-4'),
      metadata_public: fc.jsonValue({ maxDepth: 2 }),
      metadata_admin: fc.jsonValue({ maxDepth: 2 }),
      verifiable_addresses: fc.constantFrom(...MAILS).map((value) => [{ value, verified: true }]),
      created_at: fc.constant('2026-01-31T12:00:00Z'),
    },
    { requiredKeys: ['traits'] },
  );
}

const reasonOf = ({ code, message, details }: AppError) => `${code}: ${details.reason ?? message}`;

test('an import writes the same rows and events, and refuses the same lines, as single creations', async () => {
  const lists = fc.tuple(fc.array(entry, { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 9 }));
  await fc.assert(
    fc.asyncProperty(lists, async ([entries, batchSize]) => {
      const { project, result } = await imported(entries, { batchSize });
      const twin = await makeProject();
      const refused: string[] = [];
      for (const [at, text] of toLines(entries).split('\n').entries()) {
        const read = toPerson(text);
        const outcome = isAppError(read)
          ? read
          : await createIdentity(systemActor(twin.id), read.identity).catch((error: AppError) => error);
        if (isAppError(outcome)) refused.push(`${at + 1} ${reasonOf(outcome)}`);
      }
      expect(result.refused.map(({ line, code, reason }) => `${line} ${code}: ${reason}`)).toEqual(refused);
      expect(result.imported).toBe(entries.length - refused.length);
      expect(await rowsOf(project.id)).toEqual(await rowsOf(twin.id));
    }),
    {
      numRuns: 10,
      examples: [[[Array.from({ length: 2 }, () => ({ traits: { email: MAILS[0] }, external_id: 'e-1' })), 1]]],
    },
  );
});

const people = (count: number, domain: string) =>
  Array.from({ length: count }, (_, at) => ({ traits: { email: `p${at}@${domain}` } }));

test('an interrupted import resumes after the last settled line, skipping and repeating none', async () => {
  const project = await makeProject();
  const actor = systemActor(project.id);
  const text = toLines(['', ...people(25, 'resumed.example'), '']);
  const stop = new AbortController();
  let settled = 0;
  const run = (firstLine: number, signal: AbortSignal) =>
    importLines(actor, project, {
      input: pieces(text, 10),
      name: 'test',
      batchSize: 4,
      firstLine,
      signal,
      onProgress: ({ line }) => {
        settled = line;
        if (line > 8) stop.abort(new Error('interrupted'));
      },
    });
  await expect(run(1, stop.signal)).rejects.toThrow('interrupted');
  expect(settled).toBe(9); // the first line is blank
  const rest = await run(settled + 1, new AbortController().signal);
  expect(rest).toEqual({ imported: 17, present: 0, refused: [] });
  expect(await rowsOf(project.id)).toHaveLength(25);
});

test('refuses a line of any excessive length, and imports the others', async () => {
  const long = 'x'.repeat(3 * MAX_JSON_BYTES);
  const [first, second] = people(2, 'long.example');
  const { result } = await imported([first, long, second, long]);
  expect(result.imported).toBe(2);
  expect(result.refused.map(({ line, code }) => [line, code])).toEqual([
    [2, 'payload_too_large'],
    [4, 'payload_too_large'],
  ]);
});

test('of two lines with one address in one batch, or in two, the first wins', async () => {
  const [one] = people(1, 'twice.example');
  for (const batchSize of [1, 10]) {
    const { result } = await imported([one, one], { batchSize });
    expect(result.imported).toBe(1);
    expect(result.refused.map(({ line, code }) => [line, code])).toEqual([[2, 'identifier_taken']]);
  }
});
