import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cliActor } from '@/lib/platform/actor';
import { newId } from '@/lib/platform/ids';
import { createSchema } from '@/lib/schema/service';
import { startApi } from '@/testing/api-server';
import { signet } from '@/testing/command-line';
import { makeClient } from '@/testing/oauth-api';
import { RESOURCES } from './routes';

/**
 * The client that `signet client generate` writes for a project with two schemas: compiled strictly with the story below,
 * and run against the server.
 */
const STORY = `
import { etagOf, SignetClient, SignetError, type Identity } from './client.ts';

type Answer = { status: number; headers: Record<string, string> };
export async function run(options: { origin: string; clientId: string; clientSecret: string }, mark: string) {
  const asked: string[] = [];
  const refused: Answer[] = [];
  const client = new SignetClient({
    ...options,
    fetch: async (input, init) => {
      asked.push((init?.method ?? 'GET') + ' ' + new URL(String(input)).pathname);
      const next = refused.shift();
      return next ? new Response('', next) : fetch(input, init);
    },
  });
  const email = 'a-' + mark + '@example.com';
  const [created, others] = await Promise.all([
    client.createIdentity({
      traits: { email, name: { first: 'Ada' } },
      metadata_admin: { plan: 'gold' },
      external_id: mark,
    }),
    Promise.all(['b', 'c'].map((one) =>
      client.createIdentity({ schema_id: 'device-2', traits: { serial: one + mark, kind: 'sensor', ports: [1, 2] } }),
    )),
  ]);

  // @ts-expect-error a trait of another type
  const wrong1 = () => client.createIdentity({ traits: { email: 1 } });
  // @ts-expect-error an unknown trait
  const wrong2 = () => client.createIdentity({ traits: { email, nickname: 'x' } });
  // @ts-expect-error a trait of the other schema
  const wrong3 = () => client.createIdentity({ schema_id: 'device-2', traits: { email } });
  // @ts-expect-error a value that is not listed
  const wrong4 = () => client.createIdentity({ schema_id: 'device-2', traits: { serial: 's', kind: 'lamp' } });
  // @ts-expect-error an unknown schema
  const wrong5 = () => client.createIdentity({ schema_id: 'none', traits: { email } });
  // @ts-expect-error a missing trait
  const wrong6 = () => client.createIdentity({ schema_id: 'device-2', traits: { kind: 'sensor' } });
  const any = () => client.changeIdentity(created.id, ({ traits }) => ({ traits: { ...traits } }));
  void [any, wrong1, wrong2, wrong3, wrong4, wrong5, wrong6];

  const describe = (identity: Identity) => {
    if (identity.schema_id === 'device-2') return identity.traits.serial;
    return identity.traits.email;
  };
  const listed: (string | undefined)[] = [];
  for await (const identity of client.listIdentitiesAll({ page_size: 1, q: mark })) listed.push(describe(identity));

  const preview = await client.deleteIdentity(created.id, { dryRun: true });
  const addresses: number = preview.ends.addresses;
  const isKept = (await client.getIdentity(created.id)).id === created.id;

  const read = await client.getIdentity(created.id);
  const changed = await client.changeIdentity(created.id, (identity) => {
    if (identity.schema_id !== 'default') throw new Error('another schema');
    return { traits: { ...identity.traits, name: { first: 'Grace' } } };
  });
  const stale = await client
    .patchIdentity(created.id, [{ op: 'replace', path: '/state', value: 'inactive' }], { ifMatch: read })
    .then(() => null, (error: unknown) => (error instanceof SignetError ? error : null));
  const taken = await client
    .createIdentity({ traits: { email } })
    .then(() => null, (error: unknown) => (error instanceof SignetError ? error : null));

  refused.push({ status: 503, headers: { 'retry-after': '0' } }, { status: 429, headers: { 'retry-after': '0' } });
  const patient = await client.getIdentity(created.id);
  refused.push({ status: 401, headers: {} });
  const renewed = await client.getIdentity(created.id);
  await client.deleteIdentity(created.id, { query: { purge: true } });
  const tokens = asked.filter((call) => call === 'POST /oauth2/token').length;
  return {
    listed: listed.sort(),
    addresses,
    isKept,
    kept: [changed.external_id === mark, JSON.stringify(changed.metadata_admin), changed.state],
    name: changed.schema_id === 'default' ? changed.traits.name?.first : null,
    isNewer: etagOf(read) !== etagOf(changed),
    statuses: [stale?.status, taken?.status],
    retried: [patient.id, renewed.id].every((id) => id === created.id),
    tokens,
    serials: others.map(describe).length,
  };
}
`;

const DEVICE = {
  type: 'object',
  properties: {
    traits: {
      type: 'object',
      properties: {
        serial: { type: 'string', title: '*/ throw new Error("planted"); /*', 'x-signet': { identifier: true } },
        kind: {
          oneOf: [
            { const: 'sensor', title: 'Sensor' },
            { const: 'camera', title: 'Camera' },
          ],
        },
        ports: { type: 'array', items: { $ref: '#/$defs/port' } },
      },
      required: ['serial'],
      additionalProperties: false,
    },
  },
  $defs: { port: { type: 'integer' } },
};

const ROOT = path.join(import.meta.dirname, '../..');
let api: Awaited<ReturnType<typeof startApi>>;
let dir: string;
let text: string;

beforeAll(async () => {
  api = await startApi(RESOURCES);
  await createSchema(cliActor(api.project.id), 'device-2', DEVICE);
  mkdirSync(path.join(ROOT, 'build'), { recursive: true });
  dir = mkdtempSync(path.join(ROOT, 'build/typed-client-'));
  const out = path.join(dir, 'client.ts');
  const { code, err } = await signet('client', 'generate', '--out', out);
  expect([code, err]).toEqual([0, '']);
  text = readFileSync(out, 'utf8');
  writeFileSync(path.join(dir, 'story.ts'), STORY);
}, 60_000);
afterAll(() => {
  api.close();
  rmSync(dir, { recursive: true, force: true });
});

test('compiles strictly, refuses wrong traits, and works against the server', async () => {
  const compilerOptions = {
    ...{ strict: true, noEmit: true, allowImportingTsExtensions: true, types: [], verbatimModuleSyntax: true },
    ...{ noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, noImplicitOverride: true },
    ...{ module: 'esnext', target: 'es2022', lib: ['es2023', 'dom', 'dom.iterable'], moduleResolution: 'bundler' },
  };
  writeFileSync(path.join(dir, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['story.ts'] }));
  const compiler = path.join(ROOT, 'node_modules/typescript/bin/tsc');
  const { stdout } = await promisify(execFile)(process.execPath, [compiler, '-p', dir]).catch((error) => error);
  expect(stdout).toBe('');

  const { credential, clientSecret } = await makeClient(api.project);
  const { run } = await import(/* @vite-ignore */ path.join(dir, 'story.ts'));
  const mark = newId();
  const outcome = await run({ origin: api.origin, clientId: credential.clientId, clientSecret }, mark);
  expect(outcome).toEqual({
    listed: [`a-${mark}@example.com`, `b${mark}`, `c${mark}`],
    addresses: 1,
    isKept: true,
    kept: [true, '{"plan":"gold"}', 'active'],
    name: 'Grace',
    isNewer: true,
    statuses: [412, 409],
    retried: true,
    tokens: 2,
    serials: 2,
  });
}, 120_000);

test('has each call of JSON that needs a scope, and none of files', () => {
  const isListed = (id: string) => new RegExp(`^  ${id}\\(`, 'm').test(text);
  expect(['createIdentity', 'disableSession', 'restoreIdentity', 'listJobs'].filter((id) => !isListed(id))).toEqual([]);
  expect(['startImport', 'getImportErrors'].filter(isListed)).toEqual([]);
});

test('contains no secret, no origin and nothing that a schema planted', () => {
  expect(text).not.toContain(api.origin);
  expect(text).not.toMatch(/\*\/ throw/);
});
