import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { generateSource } from 'oazapfts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi } from '@/testing/api-server';
import { base64, makeClient } from '@/testing/oauth-api';
import { documentOf, RESOURCES } from '../routes';

/**
 * A client generated from the document, compiled with the story below, and run against the server. A false statement in
 * the document fails one of the three steps.
 */
const STORY = `
import * as api from './client.ts';

export async function run(origin: string, basic: string, email: string) {
  api.defaults.baseUrl = origin;
  const form = { grant_type: 'client_credentials', scope: 'identities:read identities:write sessions:read' } as const;
  const granted = await api.oauth2TokenExchange(form, { headers: { authorization: basic } });
  if (granted.status !== 200) throw new Error(granted.status + ' ' + JSON.stringify(granted.data));
  api.defaults.headers = { authorization: 'Bearer ' + granted.data.access_token };

  const created = await api.createIdentity({ traits: { email } });
  if (created.status !== 201) throw new Error(String(created.status));
  const { id, state } = created.data;
  const expected: 'active' | 'inactive' = state;
  // @ts-expect-error what the document does not name, the client does not know
  const unknown = created.data.nothing;

  const stale = await api.patchIdentity(id, [{ op: 'replace', path: '/state', value: 'inactive' }], { ifMatch: '"99"' });
  const changed = await api.patchIdentity(id, [{ op: 'replace', path: '/state', value: 'inactive' }]);
  const listed = await api.listIdentities({ state: 'inactive', perPage: 10, ids: [id] });
  const sessions = await api.listIdentitySessions(id, { active: true });
  const twice = await api.createIdentity({ traits: { email } });
  const deleted = await api.deleteIdentity(id);
  const gone = await api.getIdentity(id);
  return {
    states: [expected, changed.status === 200 ? changed.data.state : null],
    found: listed.status === 200 ? listed.data.map((identity) => identity.id === id) : null,
    sessions: sessions.status === 200 ? sessions.data.length : null,
    statuses: [stale, twice, deleted, gone].map(({ status }) => status),
    reason: twice.status === 409 ? twice.data.error.code : null,
    unknown,
  };
}
`;

const ROOT = path.join(import.meta.dirname, '../../..');
let api: Awaited<ReturnType<typeof startApi>>;
let dir: string;

beforeAll(async () => {
  api = await startApi(RESOURCES);
  mkdirSync(path.join(ROOT, 'build'), { recursive: true });
  dir = mkdtempSync(path.join(ROOT, 'build/client-')); // where packages are resolved
  const source = path.join(dir, 'openapi.json');
  writeFileSync(source, documentOf(api.project.origin).text);
  writeFileSync(path.join(dir, 'client.ts'), await generateSource(source));
  writeFileSync(path.join(dir, 'story.ts'), STORY);
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
  api.close();
});

test('the generated client compiles, and refuses names that the document lacks', async () => {
  const compilerOptions = {
    ...{ strict: true, noEmit: true, skipLibCheck: true, allowImportingTsExtensions: true, types: [] },
    ...{ module: 'esnext', target: 'es2022', lib: ['es2024', 'dom'], moduleResolution: 'bundler' },
  };
  writeFileSync(path.join(dir, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['story.ts'] }));
  const compiler = path.join(ROOT, 'node_modules/typescript/bin/tsc');
  const { stdout } = await promisify(execFile)(process.execPath, [compiler, '-p', dir]).catch((error) => error);
  expect(stdout).toBe('');
});

test('the generated client works', async () => {
  const { credential, clientSecret } = await makeClient(api.project);
  const { run } = await import(/* @vite-ignore */ path.join(dir, 'story.ts'));
  const basic = `Basic ${base64(`${credential.clientId}:${clientSecret}`)}`;
  expect(await run(api.project.origin, basic, 'generated@example.com')).toEqual({
    states: ['active', 'inactive'],
    found: [true],
    sessions: 0,
    statuses: [412, 409, 204, 404],
    reason: 409,
    unknown: undefined,
  });
});
