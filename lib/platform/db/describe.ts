import { databaseKind } from './client';
import { describePostgresqlUrl } from './postgresql-url';
import { sqliteFile } from './sqlite-file.mjs';

/** Describes the database of a URL for people: never with user or password. */
export function describeDatabase(url: string): string {
  return databaseKind(url) === 'sqlite' ? sqliteFile(url) : `PostgreSQL at ${describePostgresqlUrl(url)}`;
}

/**
 * Why a start failed, for the person at the terminal: the database's own message does not name the database, and Prisma
 * prefixes it with its call.
 */
export function describeStartFault(error: Error, url: string): string {
  if (!error.name.startsWith('Prisma')) return error.message;
  const [said = ''] = error.message.trim().split('\n').slice(-1);
  return `${describeDatabase(url)}: ${said}`;
}
