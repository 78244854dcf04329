import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { historyFaults, recordMigrations } from './migration-history.mjs';

const ROOT = path.resolve(import.meta.dirname, '../..');
const record = readFileSync(path.join(ROOT, 'prisma/landed-migrations.sha256'), 'utf8');
const [first = ''] = record.split('\n').map((line) => line.split('  ')[1]);

let folder: string;
let dir: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'signet-history-'));
  dir = path.join(folder, 'migrations');
  cpSync(path.join(ROOT, 'prisma/migrations'), dir, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('accepts the migrations of this version', () => {
  expect(historyFaults({ dir, record, earlier: record })).toEqual([]);
});

test('refuses a landed migration with one changed line', () => {
  const file = path.join(dir, first);
  writeFileSync(file, readFileSync(file, 'utf8').replace(' NOT NULL', ''));
  expect(historyFaults({ dir, record, earlier: '' })).toEqual([`${first} was changed after it was recorded`]);
});

test('refuses a missing landed migration', () => {
  rmSync(path.join(dir, path.dirname(first)), { recursive: true });
  expect(historyFaults({ dir, record, earlier: '' })).toEqual([`${first} has landed and is missing`]);
});

test('requires a record for a new migration, and keeps existing records', () => {
  const name = 'sqlite/29990101000000_new/migration.sql';
  mkdirSync(path.join(dir, path.dirname(name)));
  writeFileSync(path.join(dir, name), 'SELECT 1;\n');
  expect(historyFaults({ dir, record, earlier: record })).toEqual([expect.stringContaining(`${name} is not recorded`)]);
  const file = path.join(folder, 'record');
  recordMigrations({ dir, file, earlier: record });
  const renewed = readFileSync(file, 'utf8');
  expect(historyFaults({ dir, record: renewed, earlier: record })).toEqual([]);
  for (const line of record.trim().split('\n')) expect(renewed).toContain(line);
});

test('refuses to overwrite the record of a migration on the main branch', () => {
  appendFileSync(path.join(dir, first), '-- later\n');
  const file = path.join(folder, 'record');
  expect(() => recordMigrations({ dir, file, earlier: record })).toThrow('write a new migration instead');
  recordMigrations({ dir, file, earlier: '' });
  const rewritten = readFileSync(file, 'utf8');
  expect(historyFaults({ dir, record: rewritten, earlier: record })).toEqual([
    `${first} has landed on the main branch with another checksum`,
  ]);
});
