import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeProject } from '@/testing/project';
import { env } from './env';

/** A checkout with only the files that `npm start` runs before it builds. */
let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'signet-checkout-'));
  mkdirSync(path.join(root, 'lib/platform/db'), { recursive: true });
  cpSync('scripts', path.join(root, 'scripts'), { recursive: true });
  for (const file of [
    'utf8.mjs',
    'setting-files.mjs',
    'db/holds-project.mjs',
    'db/database-url.mjs',
    'db/sqlite-file.mjs',
  ])
    cpSync(`lib/platform/${file}`, path.join(root, 'lib/platform', file));
  symlinkSync(path.resolve('node_modules'), path.join(root, 'node_modules'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const SCRIPT = `
  const { ensureSecret, loadSettings } = await import('./scripts/lib/settings.mjs');
  try { loadSettings(); await ensureSecret(); console.log(process.env.SIGNET_SECRET); }
  catch (error) { console.error(error.message); process.exitCode = 1; }`;

function start(settings: Record<string, string> = {}) {
  const { PATH = '', NODE_ENV } = process.env;
  const args = ['--input-type=module', '-e', SCRIPT];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    cwd: root,
    env: { PATH, NODE_ENV, ...settings },
    encoding: 'utf8',
  });
  return { status, secret: stdout.trim(), stderr };
}
const dotEnv = () => readFileSync(path.join(root, '.env'), 'utf8');

describe('without a secret', () => {
  test('generates one for a new database, in a file that only its owner can read, and reuses it on the next start', () => {
    const { status, secret } = start();
    expect(status).toBe(0);
    expect(secret).toHaveLength(43);
    expect(dotEnv()).toContain(`SIGNET_SECRET=${secret}`);
    expect(statSync(path.join(root, '.env')).mode & 0o777).toBe(0o600);
    expect(start().secret).toBe(secret);
  });

  test('treats a migrated database without a project as new, and keeps existing settings', () => {
    writeFileSync(path.join(root, '.env'), 'PORT=4000');
    const { secret } = start({ SIGNET_SECRET: '' });
    expect(dotEnv()).toBe(`PORT=4000\nSIGNET_SECRET=${secret}\n`);
  });

  test('generates none for a database with a project: the start names SIGNET_SECRET and writes nothing', async () => {
    await makeProject();
    const settings = { DATABASE_URL: env().databaseUrl };
    for (const { status, stderr } of [start(settings), start({ ...settings, SIGNET_SECRET: '' })]) {
      expect(status).toBe(1);
      expect(stderr).toContain('SIGNET_SECRET is not set, but the database');
      expect(() => dotEnv()).toThrow(/ENOENT/);
    }
  });

  test('accepts a secret from a file, and checks the database named in a file', async () => {
    await makeProject();
    const file = path.join(root, 'secret');
    writeFileSync(file, env().databaseUrl);
    expect(start({ DATABASE_URL_FILE: file }).stderr).toContain('SIGNET_SECRET is not set, but the database');
    expect(start({ DATABASE_URL_FILE: `${file}-missing` }).stderr).toContain('DATABASE_URL_FILE cannot be read');
    expect(start({ SIGNET_SECRET_FILE: file }).status).toBe(0);
    expect(() => dotEnv()).toThrow(/ENOENT/);
  });

  test('checks the database in a data directory with a percent sign in its name', async () => {
    await makeProject();
    if (!env().databaseUrl.startsWith('file:')) return;
    const dataDir = path.join(root, '100%25 mine?');
    mkdirSync(dataDir);
    cpSync(env().dataDir, dataDir, { recursive: true });
    const { stderr } = start({ SIGNET_DATA_DIR: dataDir });
    expect(stderr).toContain(`the database ${dataDir}/signet.db belongs to an installation`);
  });

  test.each([
    ['nonsense', 'DATABASE_URL must start with file: or postgresql://'],
    ['postgresql://signet:p?ss@127.0.0.1/signet', 'DATABASE_URL cannot be used: it is not a URL'],
  ])('does not wait for an invalid database address, and hides its password: %s', (DATABASE_URL, reason) => {
    const { status, stderr } = start({ DATABASE_URL });
    expect(status).toBe(1);
    expect(stderr).toContain(reason);
    expect(stderr).not.toMatch(/Waiting|p\?/);
    expect(() => dotEnv()).toThrow(/ENOENT/);
  });

  test('generates none when the database cannot be read', () => {
    mkdirSync(path.join(root, 'data'));
    writeFileSync(path.join(root, 'data/signet.db'), 'no database, but something that was worth keeping'.repeat(20));
    const { status, stderr } = start();
    expect(status).toBe(1);
    expect(stderr).toMatch(/SIGNET_SECRET is not set, and whether the database .*signet\.db is new cannot be checked/);
    expect(() => dotEnv()).toThrow(/ENOENT/);
  });
});

describe('the settings file', () => {
  const SECRET = 'b2Yxk3Q9m7Vd0WzT5uJr8HnLc4PgSa6E';
  const write = (content: string | Buffer) => writeFileSync(path.join(root, '.env'), content);

  test.each([
    ['a byte order mark', `\uFEFFSIGNET_SECRET=${SECRET}\nPORT=4000\n`],
    ['lines that end as on Windows', `PORT=4000\r\nSIGNET_SECRET=${SECRET}\r\n`],
    ['quotes and a comment', `# mine\nexport SIGNET_SECRET="${SECRET}" # kept\n`],
  ])('accepts %s', (_, content) => {
    write(content);
    expect(start().secret).toBe(SECRET);
    expect(dotEnv()).toBe(content);
  });

  test('names the database in its first line, also after a byte order mark', async () => {
    await makeProject();
    write(`\uFEFFDATABASE_URL=${env().databaseUrl}\n`);
    expect(start().stderr).toContain('belongs to an installation');
  });

  test('replaces an empty secret, effective immediately', () => {
    write('\uFEFFSIGNET_SECRET=\nPORT=4000');
    const { secret } = start();
    expect(secret).toHaveLength(43);
    expect(start().secret).toBe(secret);
  });

  test.each([
    ['UTF-16, little end first', Buffer.from(`\uFEFFSIGNET_SECRET=${SECRET}\n`, 'utf16le')],
    ['UTF-16, big end first', Buffer.from(`\uFEFFSIGNET_SECRET=${SECRET}\n`, 'utf16le').swap16()],
    ['UTF-16 without a mark', Buffer.from(`SIGNET_SECRET=${SECRET}\n`, 'utf16le')],
    ['Latin-1', Buffer.from(`MAIL_FROM=Müller <a@example.com>\n`, 'latin1')],
  ])('is refused by name when it is %s', (_, content) => {
    write(content);
    const { status, stderr } = start();
    expect(status).toBe(1);
    expect(stderr).toMatch(/\.env (is|contains) .*save it as UTF-8/);
  });
});

describe('.env', () => {
  const secret = 'b2Yxk3Q9m7Vd0WzT5uJr8HnLc4PgSa6E';

  test.each(['\n', '\r\n', '\r'])('accepts lines that end with %j', (end) => {
    writeFileSync(path.join(root, '.env'), ['\ufeffPORT=4000', `SIGNET_SECRET=${secret}`, ''].join(end));
    expect(start()).toMatchObject({ status: 0, secret });
  });

  test.each([
    ['\ufeff\ufeffSIGNET_SECRET', '<U+FEFF>SIGNET_SECRET'],
    ['PORT=4000\n\ufeffSIGNET_SECRET', '<U+FEFF>SIGNET_SECRET'],
    ['SIGNET\u2010SECRET', 'SIGNET<U+2010>SECRET'],
    ['SIGNET_SECRET\u200b', 'SIGNET_SECRET<U+200B>'],
  ])('refuses a name that would never be read: %j', (text, shown) => {
    writeFileSync(path.join(root, '.env'), `${text}=${secret}\n`);
    const { status, stderr } = start();
    expect(status).toBe(1);
    expect(stderr).toContain(`the setting name "${shown}" contains a hidden or non-ASCII character`);
    expect(dotEnv()).toBe(`${text}=${secret}\n`);
  });
});
