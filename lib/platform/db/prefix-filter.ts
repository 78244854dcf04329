import { databaseKind } from './client';

type TextCondition = { startsWith: string } | { gte: string; lt: string };

/**
 * Texts that begin with this one, to the letter: `%`, `_` and capitals mean nothing else. SQLite compares bytes, so that a
 * range of its index says it; PostgreSQL sorts by the rules of a language, and its LIKE knows an escape.
 */
export function startingWith(prefix: string): TextCondition {
  if (databaseKind() === 'sqlite') return { gte: prefix, lt: `${prefix}\u{10ffff}` };
  return { startsWith: prefix.replaceAll(/[\\%_]/g, '\\$&') };
}
