// While a new version starts, processes of the last release use the migrated database (docs/scaling.md). So a migration
// may only expand. A contract step waits until no supported release needs what it removes, and is marked.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from './root.mjs';

/** Not SQLite, where Prisma rebuilds tables and one process restarts. */
const MIGRATIONS = inRoot('prisma/migrations/postgresql');
/** `-- contract: unused since 0.2.0` */
const MARK = /^-- contract: unused since \d+\.\d+\.\d+$/m;

const BREAKING = [
  [/\bDROP\s+(TABLE|COLUMN|TYPE|VIEW)\b/i, 'drops what the running version uses'],
  [/\bRENAME\s+(TO|COLUMN)\b/i, 'renames what the running version uses'],
  [/\bSET\s+NOT\s+NULL\b/i, 'requires a value that the running version may not write'],
  [/\bADD\s+COLUMN\b(?=[^,;]*\bNOT\s+NULL\b)(?![^,;]*\b(DEFAULT|GENERATED)\b)/i, 'requires a column it does not write'],
  [/\bALTER\s+COLUMN\s+\S+\s+(SET\s+DATA\s+)?TYPE\b/i, 'changes the type of a column'],
  [/\bDROP\s+DEFAULT\b/i, 'removes a default that the running version relies on'],
];
/** Allowed on tables that the same migration creates. */
const NARROWING = [
  [/\bCREATE\s+UNIQUE\s+INDEX\b[\s\S]*?\bON\s+"(\w+)"/i, 'refuses rows that the running version may write'],
  [/\bALTER\s+TABLE\s+"(\w+)"[\s\S]*?\bADD\s+CONSTRAINT\b/i, 'refuses rows that the running version may write'],
];

/**
 * Faults of the migrations in `dir`: sentences, or none.
 * @param {string} [dir]
 * @returns {string[]}
 */
export function expandFaults(dir = MIGRATIONS) {
  const [, ...later] = readdirSync(dir).filter((name) => existsSync(path.join(dir, name, 'migration.sql')));
  return later.flatMap((name) => {
    const sql = readFileSync(path.join(dir, name, 'migration.sql'), 'utf8');
    if (MARK.test(sql)) return [];
    return faultsIn(sql).map(
      (fault) =>
        `${name} ${fault}: expand now and contract in a later release, marked "-- contract: unused since x.y.z"`,
    );
  });
}

/** @param {string} sql */
function faultsIn(sql) {
  const statements = sql.replaceAll(/--.*$/gm, '').split(';');
  const created = new Set([...sql.matchAll(/\bCREATE\s+TABLE\s+"(\w+)"/gi)].map(([, table]) => table));
  const found = statements.flatMap((statement) => [
    ...BREAKING.filter(([pattern]) => pattern.test(statement)).map(([, reason]) => reason),
    ...NARROWING.filter(([pattern]) => {
      const table = pattern.exec(statement)?.[1];
      return table !== undefined && !created.has(table);
    }).map(([, reason]) => reason),
  ]);
  return [...new Set(found)];
}
