import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expandFaults } from './migration-expand.mjs';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'signet-expand-'));
  write('20200101000000_initial', 'CREATE TABLE "Old" ("id" TEXT NOT NULL);');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function write(name: string, sql: string): void {
  mkdirSync(path.join(dir, name));
  writeFileSync(path.join(dir, name, 'migration.sql'), `${sql}\n`);
}

test('accepts the migrations of this version', () => {
  expect(expandFaults()).toEqual([]);
});

test.each([
  'DROP TABLE "Old";',
  'ALTER TABLE "Old" DROP COLUMN "a";',
  'ALTER TABLE "Old" RENAME COLUMN "a" TO "b";',
  'ALTER TABLE "Old" RENAME TO "New";',
  'ALTER TABLE "Old" ADD COLUMN     "a" TEXT NOT NULL;',
  `ALTER TABLE "Old" ADD COLUMN "a" TEXT NOT NULL DEFAULT '',\nADD COLUMN "b" TEXT NOT NULL;`,
  'ALTER TABLE "Old" ALTER COLUMN "a" SET NOT NULL;',
  'ALTER TABLE "Old" ALTER COLUMN "a" DROP DEFAULT;',
  'ALTER TABLE "Old" ALTER COLUMN "a" SET DATA TYPE INTEGER;',
  'CREATE UNIQUE INDEX "Old_a_key" ON "Old"("a");',
  'ALTER TABLE "Old" ADD CONSTRAINT "Old_a" CHECK ("a" > 0);',
])('refuses what breaks the running version: %s', (sql) => {
  write('20200102000000_next', sql);
  expect(expandFaults(dir)).toEqual([expect.stringMatching(/^20200102000000_next .*: expand now and contract/)]);
});

test('accepts a contract step that names the release', () => {
  write('20200102000000_next', '-- contract: unused since 0.2.0\nALTER TABLE "Old" DROP COLUMN "a";');
  expect(expandFaults(dir)).toEqual([]);
});

test.each([
  `ALTER TABLE "Old" ADD COLUMN "a" TEXT,\nADD COLUMN "b" TEXT NOT NULL DEFAULT 'x';`,
  'DROP INDEX "Old_a_idx";\nCREATE INDEX "Old_b_idx" ON "Old"("b");',
  'CREATE TABLE "New" ("a" TEXT NOT NULL);\nCREATE UNIQUE INDEX "New_a" ON "New"("a");\nALTER TABLE "New" ADD CONSTRAINT "k" CHECK ("a" > 0);',
])('accepts what expands: %s', (sql) => {
  write('20200102000000_next', sql);
  expect(expandFaults(dir)).toEqual([]);
});
