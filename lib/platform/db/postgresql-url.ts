import { existsSync } from 'node:fs';
import pg from 'pg';

/** A parsed `postgresql://` URL, without the parameters that Signet applies itself. */
export type PostgresqlTarget = {
  connectionString: string;
  /** `?schema=`; undefined: the first schema of the connection's search path. */
  schema: string | undefined;
  /** `options=-c search_path=…`, which a pooler may drop. */
  searchPath: string | undefined;
  /** Time limits of the URL in milliseconds, which override ours. */
  limits: { [limit in Limit]?: number };
};

export const LIMITS = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'] as const;
export type Limit = (typeof LIMITS)[number];

const CERTIFICATE_FILES = ['sslrootcert', 'sslcert', 'sslkey'];

/** Throws when a parameter cannot be used, naming it. */
export function readPostgresqlUrl(url: string): PostgresqlTarget {
  const at = url.indexOf('?');
  const params = new URLSearchParams(at < 0 ? '' : url.slice(at + 1));
  const schema = params.get('schema') ?? undefined;
  if (schema !== undefined) checkSchema(schema);
  params.delete('schema'); // Prisma's own parameter: the driver would ignore it
  const limits = takeLimits(params);
  checkTls(params);
  const query = params.toString();
  const connectionString = (at < 0 ? url : url.slice(0, at)) + (query && `?${query}`);
  return { connectionString, schema, searchPath: searchPathIn(params.get('options') ?? ''), limits };
}

/**
 * `-c name=value` and `--name=value`; a backslash escapes the next character (libpq's `options`), the last value wins.
 */
function searchPathIn(options: string): string | undefined {
  const found = [...options.matchAll(/(?:-c\s*|--)search[_-]path=((?:\\.|[^\s\\])*)/gi)];
  return found.at(-1)?.[1]?.replaceAll(/\\(.)/g, '$1');
}

/** Host, port and database, without user and password: `127.0.0.1:5432/signet`. */
export function describePostgresqlUrl(url: string): string {
  const { host, port, database } = new pg.Client({ connectionString: readPostgresqlUrl(url).connectionString });
  return `${host.includes(':') ? `[${host}]` : host}:${port}/${database}`;
}

/** A name that PostgreSQL accepts (63 bytes) and does not reserve, and that no tool reads as several. */
function checkSchema(schema: string): void {
  const isName = /^[^\p{Cc}",;]+$/u.test(schema) && Buffer.byteLength(schema) <= 63;
  if (!isName || /^(pg_|information_schema$)/i.test(schema))
    throw new Error(`DATABASE_URL: schema=${schema} is not a valid schema name`);
}

function takeLimits(params: URLSearchParams): PostgresqlTarget['limits'] {
  const limits: PostgresqlTarget['limits'] = {};
  for (const name of LIMITS) {
    const value = params.get(name);
    if (value === null) continue;
    if (!/^\d{1,9}$/.test(value)) throw new Error(`DATABASE_URL: ${name}=${value} is not a number of milliseconds`);
    limits[name] = Number(value);
    params.delete(name);
  }
  return limits;
}

/**
 * pg 8 verifies certificate and host name in every mode but `disable` and `no-verify`, and warns that pg 9 will not.
 * Setting the mode explicitly keeps the meaning without the warning. `uselibpqcompat=true` selects libpq's weaker
 * meaning.
 */
function checkTls(params: URLSearchParams): void {
  const mode = params.get('sslmode');
  if (params.get('uselibpqcompat') !== 'true' && mode !== null && !['disable', 'no-verify'].includes(mode))
    params.set('sslmode', 'verify-full');
  if (params.get('sslrootcert') === 'system') {
    params.delete('sslrootcert'); // Node's own certificate authorities
    params.set('sslmode', 'verify-full'); // as in libpq, where it implies full verification
  }
  for (const name of CERTIFICATE_FILES) {
    const file = params.get(name);
    if (file && !existsSync(file)) throw new Error(`DATABASE_URL: ${name}=${file} does not exist`);
  }
}
