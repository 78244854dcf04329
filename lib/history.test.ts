import { readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { changedTables, takeSnapshot, withoutEvents } from '@/testing/observer';
import { SILENT } from '@/testing/silent-writes';
import { prepareWrites, resetLimits } from '@/testing/writes/kit';
import { WRITES_OF_OPERATORS } from '@/testing/writes/operators';
import { WRITES_OF_PEOPLE } from '@/testing/writes/people';

/**
 * No change without its event: calls every writing function of every service twice, each time on fresh data. With a
 * database that refuses events nothing may change; with one that accepts them, a change requires an event. Edges
 * (routes, actions, the command line, ceremonies) write only through these functions: they cannot import a repository
 * (scripts/lib/import-rules.mjs).
 */
beforeAll(prepareWrites);
beforeEach(resetLimits);

/** Every write: the outer function prepares, the returned one acts. */
const WRITES = { ...WRITES_OF_PEOPLE, ...WRITES_OF_OPERATORS };
/** Writes whose rows are in tables of their own. */
const ELSEWHERE = new Set([
  ...['verification.issueRecovery', 'token.revokeToken', 'grant.revokePersonToken'],
  'credential.finishPasskeyDeletions',
]);

/** Neither a read nor a pure function. */
const WRITING =
  /^(accept|add|admit|answer|assign|begin|blankEvents|cancel|carry|change|completeSignIn|consume|create|delete|deliver|disable|disown|edit|enable|end|ensure|finish|consumeLimits|insert|introspect|invite|issue|keep|leave|make|mark|move|notify|openSession|patch|prove|purge|queue|record|register|remember|remove|rename|replace|request|restore|revoke|rotate|schedule|send|set|signInWith|signingKey|start|store|take|touch|undo|update)/;

test('every write of every service is listed or excluded with a reason', async () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll(path.sep, '/'))
    .filter((name) => /^[a-z-]+\/service(\/[a-z-]+)?\.ts$/.test(name));
  const writes = new Set<string>();
  for (const file of files) {
    for (const [name, value] of Object.entries(await import(path.join(import.meta.dirname, file))))
      if (typeof value === 'function' && WRITING.test(name)) writes.add(`${file.split('/')[0]}.${name}`);
  }
  const known = (name: string) => name in WRITES || SILENT.has(name);
  expect([...writes].filter((name) => !known(name)).sort()).toEqual([]);
});

test.each(Object.entries(WRITES))('%s: writes nothing without its event', async (name, prepare) => {
  const refused = await prepare();
  const before = await takeSnapshot();
  await expect(withoutEvents(refused), 'without events').rejects.toThrow();
  expect(changedTables(before, await takeSnapshot()), 'changed though no event could be written').toEqual([]);

  const act = await prepare();
  const untouched = await takeSnapshot();
  await act();
  const after = await takeSnapshot();
  expect(after.events, 'events').toBeGreaterThan(untouched.events);
  if (!ELSEWHERE.has(name)) expect(changedTables(untouched, after).length).toBeGreaterThan(0);
});
