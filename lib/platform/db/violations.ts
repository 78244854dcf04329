/**
 * Database errors in terms both databases share. By shape, not `instanceof`: two generated clients and two bundles each
 * bring their own error classes.
 */
export function isUniqueViolation(error: unknown, field?: string): boolean {
  if (!UNIQUE_CODES.has(codeOf(error))) return false;
  return field === undefined || fieldsOf(error).includes(field);
}

/** The referenced row is gone, such as an identity deleted a moment ago. */
export function isForeignKeyViolation(error: unknown): boolean {
  return FOREIGN_KEY_CODES.has(codeOf(error));
}

/** The database is not migrated far enough, or empty. */
export function isMissingTable(error: unknown): boolean {
  const code = codeOf(error);
  return MISSING_TABLE_CODES.has(code) || (code === 'SQLITE_ERROR' && /^no such table/.test(messageOf(error)));
}

// Codes of Prisma, and of PostgreSQL and SQLite for statements that bypass Prisma.
const UNIQUE_CODES = new Set(['P2002', '23505', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY']);
const FOREIGN_KEY_CODES = new Set([
  ...['P2003', '23503', '23001'],
  ...['SQLITE_CONSTRAINT_FOREIGNKEY', 'SQLITE_CONSTRAINT_TRIGGER'],
]);
const MISSING_TABLE_CODES = new Set(['P2021', '42P01']);

/** A deadlock or a write conflict: a retry of the same transaction may succeed. */
export function isRetryable(error: unknown): boolean {
  return someLayer(
    error,
    ({ code, sqlState, kind }) =>
      code === 'P2034' || kind === 'TransactionWriteConflict' || RETRYABLE_STATES.has(sqlState),
  );
}

/** No turn, no connection or no response within the bound, or a transaction that took too long. */
export function isOverload(error: unknown): boolean {
  return someLayer(
    error,
    ({ code, sqlState, message, kind }) =>
      OVERLOAD_CODES.has(code) ||
      OVERLOAD_KINDS.has(kind) ||
      OVERLOAD_SQLITE.test(code) ||
      OVERLOAD_STATES.has(sqlState) ||
      sqlState.startsWith('53') || // insufficient resources
      OVERLOAD_MESSAGES.has(message),
  );
}

/** The database is reachable but impaired: read-only, full, corrupt, or it cannot be opened. */
export function isImpaired(error: unknown): boolean {
  return someLayer(
    error,
    ({ code, sqlState }) =>
      IMPAIRED_STATES.has(sqlState) ||
      sqlState.startsWith('58') || // system error
      [code, sqlState].some((name) => IMPAIRED_SQLITE.test(name)),
  );
}

/** Any outage of the database: the same request may succeed later. */
export function isOutage(error: unknown): boolean {
  return isOverload(error) || isUnreachable(error) || isImpaired(error) || isRetryable(error);
}

/**
 * The error's code from the database, its driver, the system or Prisma, in this order; an empty string where none has
 * one.
 */
export function outageCode(error: unknown): string {
  const found = { sqlState: '', system: '', code: '', kind: '' };
  someLayer(error, ({ sqlState, code, kind }) => {
    found.sqlState ||= sqlState;
    found.system ||= NETWORK_CODES.has(code) || code.startsWith('SQLITE_') ? code : '';
    found.code ||= code;
    found.kind ||= kind;
    return false;
  });
  return found.sqlState || found.system || found.code || found.kind;
}

/** The database cannot be reached, or the connection was just lost. */
export function isUnreachable(error: unknown): boolean {
  return someLayer(
    error,
    ({ code, sqlState, message, isSystemError, kind }) =>
      UNREACHABLE_CODES.has(code) ||
      UNREACHABLE_KINDS.has(kind) ||
      UNREACHABLE_STATES.has(sqlState) ||
      sqlState.startsWith('08') || // connection exception
      UNREACHABLE_MESSAGES.has(message) ||
      (isSystemError && NETWORK_CODES.has(code)),
  );
}

// Prisma's codes: https://www.prisma.io/docs/orm/reference/error-reference. SQLSTATEs: PostgreSQL's appendix A.
const RETRYABLE_STATES = new Set(['40001', '40P01']); // serialization failure, deadlock

const OVERLOAD_CODES = new Set(['P1008', 'P2024', 'P2028', 'P2037']);
/** Cancelled by statement_timeout, lock not available, and the time limits on idle sessions and transactions. */
const OVERLOAD_STATES = new Set(['57014', '55P03', '25P03', '25P04', '57P05']);
/** Errors of pg and its pool without a code. */
const OVERLOAD_MESSAGES = new Set(['timeout exceeded when trying to connect', 'Query read timeout']);

// Failures at COMMIT have the adapter's kinds (`MappedError` of @prisma/driver-adapter-utils), without a code.
const OVERLOAD_KINDS = new Set(['SocketTimeout', 'TooManyConnections']);
const UNREACHABLE_KINDS = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'TlsConnectionError',
  'DatabaseDoesNotExist',
  'DatabaseAccessDenied',
  'AuthenticationFailed',
]);

// SQLite's codes and their extensions: https://sqlite.org/rescode.html
const OVERLOAD_SQLITE = /^SQLITE_(BUSY|LOCKED|PROTOCOL|NOMEM)(_|$)/;
const IMPAIRED_SQLITE = /^SQLITE_(READONLY|FULL|IOERR|CORRUPT|CANTOPEN|NOTADB|PERM|AUTH)(_|$)/;
/** A read-only transaction (as all are on a standby), a corrupt row or index. */
const IMPAIRED_STATES = new Set(['25006', 'XX001', 'XX002']);

const UNREACHABLE_CODES = new Set(['P1000', 'P1001', 'P1002', 'P1003', 'P1010', 'P1011', 'P1017']);
/** Shut down, crashed, starting, dropped; no such database; authentication refused. */
const UNREACHABLE_STATES = new Set(['57P01', '57P02', '57P03', '57P04', '3D000', '28000', '28P01']);
const UNREACHABLE_MESSAGES = new Set([
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'timeout expired',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
  'Cannot use a pool after calling end on the pool',
  'The database connection is not open',
]);
const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);

type Layer = {
  code: string;
  /** PostgreSQL's own code, or an empty string. */
  sqlState: string;
  message: string;
  /** Kind of a driver adapter's error, or an empty string. */
  kind: string;
  /**
   * A failed system call, also as Prisma repeats it. A request that its client aborts has ECONNRESET, but is neither.
   */
  isSystemError: boolean;
};

const MAX_CAUSE_DEPTH = 20;

/** Whether `holds` is true for the error, one wrapped in it by Prisma, its cause, or a part of an aggregate error. */
function someLayer(error: unknown, holds: (layer: Layer) => boolean): boolean {
  const open: unknown[] = [error];
  for (let looks = 0; looks < MAX_CAUSE_DEPTH && open.length > 0; looks++) {
    const candidate = open.shift();
    if (!isObject(candidate)) continue;
    if (holds(toLayer(candidate))) return true;
    open.push(driverErrorOf(candidate), candidate.cause);
    // Node tries all addresses of a name and reports each.
    if (Array.isArray(candidate.errors)) open.push(...candidate.errors);
  }
  return false;
}

function toLayer({
  name,
  code,
  errorCode,
  originalCode,
  severity,
  message,
  syscall,
  kind,
}: Record<string, unknown>): Layer {
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return {
    code: text(code) || text(errorCode), // Prisma has the latter when it cannot connect
    kind: text(kind),
    // As Prisma's adapter forwards it, or as pg itself reports it: beside a severity.
    sqlState: text(originalCode) || (text(severity) && text(code)),
    message: text(message),
    isSystemError: typeof syscall === 'string' || name === 'PrismaClientKnownRequestError',
  };
}

function driverErrorOf({ meta }: Record<string, unknown>): unknown {
  return isObject(meta) ? meta.driverAdapterError : undefined;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** SQLite names the fields, PostgreSQL the index: `Identifier_projectId_value_key`. No field has `_` in its name. */
function fieldsOf(error: unknown): string[] {
  if (!isObject(error)) return [];
  if (!isObject(error.meta)) return [...namesIn(error.constraint), ...namesInMessage(error)];
  const driverError = driverErrorOf(error);
  const cause = isObject(driverError) ? driverError.cause : undefined;
  const constraint = isObject(cause) ? cause.constraint : undefined;
  const { fields, index } = isObject(constraint) ? constraint : {};
  return [error.meta.target, fields, index].flatMap(namesIn);
}

function namesIn(value: unknown): string[] {
  if (typeof value === 'string') return value.split('_').slice(1, -1);
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}

/** SQLite's message: `UNIQUE constraint failed: Identifier.projectId, Identifier.value`. */
function namesInMessage(error: unknown): string[] {
  return [...messageOf(error).matchAll(/(?<=[:,] )\w+\.(\w+)/g)].map(([, name = '']) => name);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
