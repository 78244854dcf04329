import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '@/testing/database';
import { migrate, pendingMigrations } from './migrate';
import { sqliteFile, sqliteUrl } from './sqlite-file.mjs';

describe('the file of a URL', () => {
  const here = (name: string) => path.resolve(name);
  test.each([
    ['file:dev.db', here('dev.db')],
    ['file:./data/../dev.db', here('dev.db')],
    ['file:dev.db?connection_limit=1&socket_timeout=5', here('dev.db')],
    ['file:dev.db#main', here('dev.db')],
    ['file:/srv/signet.db', '/srv/signet.db'],
    ['file:///srv/signet.db?x', '/srv/signet.db'],
    ['file://localhost/srv/signet.db', '/srv/signet.db'],
    ['file:/srv/my data/düsen.db', '/srv/my data/düsen.db'],
    ['file:/srv/my%20data/d%C3%BCsen%3F.db', '/srv/my data/düsen?.db'],
    ['file:///C:/data/signet.db', here('C:/data/signet.db')],
  ])('%s', (url, file) => {
    expect(sqliteFile(url)).toBe(file);
  });

  test.each([
    'file:',
    'file:?x',
    'file:///',
    'file:data/',
    'file::memory:',
    'file:%00',
    'file:%zz',
    'file://server/share.db',
    'file:x.db?mode=ro',
    'file:x.db?cache=shared&vfs=memdb',
    'file:x.db?mode=memory#',
  ])('is refused where the URL names none, or more than a plain one: %s', (url) => {
    expect(() => sqliteFile(url)).toThrow();
  });

  test.each(['/srv/a?b#c%20.db', '/srv/100%.db', '/srv/ü.db'])('every file has a URL: %s', (file) => {
    expect(sqliteFile(sqliteUrl(file))).toBe(file);
  });
});

test('a database whose path was read without decoding is not replaced by an empty one', async () => {
  const { dir, remove } = temporaryFolder();
  mkdirSync(path.join(dir, 'my%20data'));
  writeFileSync(path.join(dir, 'my%20data/signet.db'), '');
  const url = `file:${dir}/my%20data/signet.db`;
  await expect(migrate(url)).rejects.toThrow(`set DATABASE_URL=file:${dir}/my%2520data/signet.db`);
  await expect(pendingMigrations(url)).rejects.toThrow('set DATABASE_URL');
  remove();
});
