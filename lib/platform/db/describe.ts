import { databaseKind } from './client';
import { describePostgresqlUrl } from './postgresql-url';
import { sqliteFile } from './sqlite-file.mjs';

/** Which database a URL names, for people: never with user or password. */
export function describeDatabase(url: string): string {
  return databaseKind(url) === 'sqlite' ? sqliteFile(url) : `PostgreSQL at ${describePostgresqlUrl(url)}`;
}
