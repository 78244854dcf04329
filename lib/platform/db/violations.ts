/**
 * What a database refused, in words both databases share. By shape, not `instanceof`: two generated clients and two bundles
 * each bring their own error classes.
 */
export function isUniqueViolation(error: unknown, field?: string): boolean {
  if (codeOf(error) !== 'P2002') return false;
  return field === undefined || constraintOf(error).includes(field);
}

/** The row this one hangs on is gone, such as an identity deleted a moment ago. */
export function isForeignKeyViolation(error: unknown): boolean {
  return codeOf(error) === 'P2003';
}

/** A deadlock or a write conflict: the same transaction may succeed when tried again. */
export function isRetryable(error: unknown): boolean {
  return codeOf(error) === 'P2034';
}

/** No turn or no connection within the bound, or a transaction that took too long. */
export function isOverload(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'P2028' || code === 'P2024' || code === 'P1008';
}

/** The database cannot be reached at all. */
export function isUnreachable(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'P1001' || code === 'P1002' || code === 'P1017' || code === 'P1003' || code === 'ECONNREFUSED';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** SQLite names the fields, PostgreSQL the index (`Identifier_projectId_value_key`) or the fields. */
function constraintOf(error: unknown): string {
  const meta = error instanceof Error && 'meta' in error ? error.meta : undefined;
  return JSON.stringify(meta ?? {}, (key, value) => (key === 'stack' ? undefined : value));
}
