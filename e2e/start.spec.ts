import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { startPostgres } from '@/scripts/lib/postgres.mjs';
import { startPooler } from '@/testing/pooler';
import { expect, headingOf } from './fixtures';
import { freePort, test } from './installation';

/** How a server starts when a dependency is late, or a setting is missing. */
test('on PORT=0 it prints the address at which it is served', async ({ installation, page }) => {
  const printed = await installation.start(undefined, { PORT: '0', SIGNET_ORIGIN: '' });
  const origin = /^ {2}Address {2}(http:\/\/localhost:[1-9]\d*)$/m.exec(printed)?.[1] ?? '';
  expect(origin).not.toBe('');
  await page.goto(`${origin}/login`);
  await expect(headingOf(page)).toHaveText('Signet is not set up yet');
  expect(await installation.stop()).toBe(0);
});

test('without HOST a server for localhost is reachable from this machine alone', async ({ installation }) => {
  await installation.start(undefined, { HOST: '' });
  const statusAt = async (host: string) => {
    const answer = await fetch(`http://${host}:${installation.port}/health/alive`).catch(() => null);
    return answer?.status ?? null;
  };
  expect(await statusAt('127.0.0.1')).toBe(200);
  const interfaces = Object.values(os.networkInterfaces()).flatMap((each) => each ?? []);
  if (interfaces.some(({ address }) => address === '::1')) expect(await statusAt('[::1]')).toBe(200);
  for (const { address, internal, family } of interfaces) {
    if (!internal && family === 'IPv4') expect(await statusAt(address)).toBe(null);
  }
  expect(await installation.stop()).toBe(0);
  for (const host of ['127.0.0.1', '[::1]']) expect(await statusAt(host)).toBe(null);
});

test('it waits for a PostgreSQL that comes up late, and works in a schema behind a pooler', async ({
  installation,
  page,
}) => {
  test.slow();
  const port = await freePort();
  const postgres = await startPostgres();
  const url = new URL(postgres.url());
  url.port = String(port);
  url.searchParams.set('schema', 'apart');
  const started = installation.start(url.href);
  await expect.poll(() => installation.printed()).toContain('waiting for the database');
  const pooler = await startPooler(postgres.url(), port);
  await started;
  await page.goto(`${installation.origin}/login`);
  await expect(headingOf(page)).toHaveText('Signet is not set up yet');
  await installation.signet('identity', 'create', '--email', 'ada@example.com');
  expect(await installation.signet('identity', 'list')).toContain('ada@example.com');
  expect(await installation.stop()).toBe(0);
  await pooler.stop();
  await postgres.stop();
});

test('asked to stop while it waits, it exits at once', async ({ installation }) => {
  const port = await freePort();
  const started = installation.start(`postgresql://signet@127.0.0.1:${port}/postgres`).catch(() => 'ended');
  await expect.poll(() => installation.printed()).toContain('waiting for the database');
  expect(await installation.stop()).toBe(0);
  expect(await started).toBe('ended');
});

test('it names what it cannot use before it exits', async ({ installation }) => {
  const other = createServer().listen(installation.port, '127.0.0.1');
  await once(other, 'listening');
  await expect(installation.start()).rejects.toThrow(`Port ${installation.port} is in use`);
  other.close();
  const file = path.join(installation.dir, 'other.db');
  await writeFile(file, 'This is a text, and no database, however long it is. '.repeat(40));
  await expect(installation.start(`file:${file}`)).rejects.toThrow(`${file}: file is not a database`);
});
