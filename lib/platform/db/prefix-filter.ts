import { databaseKind } from './client';

type TextCondition = { startsWith: string } | { gte: string; lt: string };

/**
 * Texts with this exact prefix: `%`, `_` and case have no special meaning. SQLite compares bytes, so an index range
 * expresses it; PostgreSQL sorts by a language's collation, and its LIKE supports an escape.
 */
export function startingWith(prefix: string): TextCondition {
  if (databaseKind() === 'sqlite') return { gte: prefix, lt: `${prefix}\u{10ffff}` };
  return { startsWith: prefix.replaceAll(/[\\%_]/g, '\\$&') };
}
