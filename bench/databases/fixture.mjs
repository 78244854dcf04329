// Runs bench/fixture.ts, which fills databases by Signet's own services.
import { spawnSync } from 'node:child_process';
import { bundle } from '../../scripts/build.mjs';
import { inRoot } from '../../scripts/lib/root.mjs';
import { runOrThrow } from '../../scripts/lib/run.mjs';

export const SECRET = 'only-for-measuring-0123456789abcdef';
const FIXTURE = inRoot('build/bench-fixture.mjs');

/** Seeds the empty database at `url`; one of ten people has a passkey. */
export function seedDatabase(url, identities) {
  console.error(`Seeding ${identities} identities …`);
  return runFixture(url, ['seed', String(identities), String(Math.floor(identities / 10))]);
}

/** Makes what a client needs (bench/prepare.ts). */
export async function prepareDatabase(url, identities, origin) {
  const output = await runFixture(url, ['prepare', String(identities)], { SIGNET_ORIGIN: origin });
  return JSON.parse(output.trimEnd().split('\n').at(-1));
}

async function runFixture(url, args, env = {}) {
  await bundle(inRoot('bench/fixture.ts'), FIXTURE);
  const settings = { DATABASE_URL: url, SIGNET_SECRET: SECRET, LOG_LEVEL: 'error', ...env };
  return runOrThrow(process.execPath, [FIXTURE, ...args], { capture: true, env: settings });
}

/** Runs a bundled measurement on the database at `url`; returns the JSON that it prints. */
export function measureIn(url, bundled) {
  const settings = { DATABASE_URL: url, SIGNET_SECRET: SECRET, LOG_LEVEL: 'error' };
  const { stdout, status } = spawnSync(process.execPath, [bundled], {
    env: { ...process.env, ...settings },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error('the measurement failed');
  return JSON.parse(stdout);
}
