import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { defineConfig } from '@playwright/test';
import { findChromium } from './e2e/browser.mjs';
import { build, bundle } from './scripts/build.mjs';
import { withLock } from './scripts/lib/lock.mjs';
import { startPostgres } from './scripts/lib/postgres.mjs';

// Stories run against the production build, on their own server with its own data. Every worker loads this file again:
// the first load prepares everything and passes it on in the environment. Stories read SIGNET_ORIGIN, SIGNET_DATA_DIR
// (contains mail/), SIGNET_SERVER_LOG, SIGNET_SERVICES, and all settings, for the command line and for the services
// that they call. SIGNET_E2E_DATABASE=postgresql runs them on PostgreSQL.
if (!process.env.SIGNET_SERVER_LOG) await prepare();

const chromium = findChromium();
if (!chromium) throw new Error('No Chromium was found: run `npm run e2e:browser`, or set CHROMIUM_PATH.');

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/global-setup.ts',
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  timeout: 90_000,
  globalTimeout: 20 * 60_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  build: { external: ['**/build/*'] }, // bundled already
  use: {
    baseURL: process.env.SIGNET_ORIGIN,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    // Actions, requests and console output only; screenshots and snapshots of each step (`--trace on`) cost a quarter
    // of the run.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false, sources: false },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: [
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    // Logs go to a file: they explain failures, and an unread pipe would fill up.
    command: `exec node --enable-source-maps build/server-test.mjs > "${process.env.SIGNET_SERVER_LOG}" 2>&1`,
    url: `${process.env.SIGNET_ORIGIN}/health/ready`,
    timeout: 60_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    env: { NODE_ENV: 'production', SIGNET_DIST_DIR: '.next-test' },
  },
});

async function prepare(): Promise<void> {
  await withLock(async () => {
    await build({ isTest: true });
    await bundle(
      path.join(import.meta.dirname, 'e2e/services.ts'),
      path.join(import.meta.dirname, 'build/services-test.mjs'),
    );
  });
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'signet-e2e-'));
  process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
  const port = await freePort();
  const onPostgres = process.env.SIGNET_E2E_DATABASE === 'postgresql';
  // Every setting has a value, even if empty, so that neither .env nor the caller's environment adds any.
  Object.assign(process.env, {
    PORT: String(port),
    HOST: '127.0.0.1',
    SIGNET_ORIGIN: `http://localhost:${port}`,
    SIGNET_SECRET: 'secret-of-the-tests-0123456789abcdef',
    SIGNET_DATA_DIR: dataDir,
    DATABASE_URL: onPostgres ? (await startPostgres()).url() : `file:${path.join(dataDir, 'signet.db')}`,
    DATABASE_POOL: '',
    SMTP_URL: '',
    MAIL_FROM: '',
    TRUSTED_PROXIES: '127.0.0.1', // each story has its own address, so that rate limits by address do not add up
    SIGNET_DNS_SERVERS: `127.0.0.1:${await freePort()}`, // a story that needs answers runs a name server there
    SIGNET_METRICS_TOKEN: '',
    SIGNET_SECURITY_CONTACT: '',
    SIGNET_SHUTDOWN_DELAY: '',
    LOG_LEVEL: 'info',
    SIGNET_SERVICES: path.join(import.meta.dirname, 'build/services-test.mjs'),
    SIGNET_SERVER_LOG: path.join(import.meta.dirname, 'build', 'server-test.log'),
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
