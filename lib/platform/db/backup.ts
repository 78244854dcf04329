import { access, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../errors';
import { sqliteFile } from './sqlite-file.mjs';

/**
 * Copies a consistent snapshot of an SQLite database into a new file that only its owner can read, while others read
 * and write; the copy appears under its name once it is complete and checked. Resolves to its size in bytes. Refuses:
 * `invalid_input` when the file exists.
 */
export async function backUpSqlite(url: string, file: string): Promise<number> {
  const target = path.resolve(file);
  const isThere = await access(target).then(
    () => true,
    () => false,
  );
  if (isThere) throw new AppError('invalid_input', { reason: `${target} already exists; choose another file` });
  const part = `${target}.part`;
  await rm(part, { force: true });
  try {
    await writeFile(part, '', { flag: 'wx', mode: 0o600 }); // SQLite fills an empty file and keeps its mode
    copyInto(part, sqliteFile(url));
    const bytes = checkedSize(part);
    await rename(part, target);
    return bytes;
  } finally {
    await rm(part, { force: true }); // a partial copy is useless and contains personal data
  }
}

function copyInto(part: string, file: string): void {
  const source = new Database(file, { readonly: true, timeout: 10_000 });
  try {
    source.prepare('VACUUM INTO ?').run(part); // one read transaction: a snapshot, and no free pages
  } finally {
    source.close();
  }
}

function checkedSize(file: string): number {
  const copy = new Database(file, { readonly: true });
  try {
    const verdict = copy.pragma('integrity_check(1)', { simple: true });
    if (verdict !== 'ok') throw new Error(`the copy is corrupt: ${String(verdict)}`);
    return Number(copy.pragma('page_count', { simple: true })) * Number(copy.pragma('page_size', { simple: true }));
  } finally {
    copy.close();
  }
}
