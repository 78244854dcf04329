import pg from 'pg';
import { describePostgresqlUrl, LIMITS, type PostgresqlTarget, readPostgresqlUrl } from './postgresql-url';

/** A bound on every wait. Limits in DATABASE_URL override these, such as `?statement_timeout=30000`. */
export const BOUNDS = {
  /** For a free or a new connection; less than Prisma's maxWait. */
  connectionTimeoutMillis: 8000,
  /** The server cancels and rolls back a longer statement, including its wait for locks. */
  statement_timeout: 10_000,
  /** For a server that no longer responds at all: longer than its own limit. */
  query_timeout: 13_000,
  /** Detects an idle connection that a firewall has dropped. */
  keepAlive: true,
  keepAliveInitialDelayMillis: 30_000,
};
export type Bounds = Partial<typeof BOUNDS>;

const GRACE_MILLIS = BOUNDS.query_timeout - BOUNDS.statement_timeout;

/** How to connect to one database. */
export type PostgresqlConnection = {
  /** For `pg.Client` and `pg.Pool`. */
  config: pg.ClientConfig;
  /** The schema of Signet's tables. */
  schema: string;
  /** The first statement of each transaction where the connection could not carry the limits; empty where it could. */
  limitsPerTransaction: string;
  /** A pooler is in between: the session that responds is not the one that was opened. */
  isPooled: boolean;
};

/**
 * Connects once to determine the schema, and whether the limits reach the server: a pooler such as PgBouncer refuses or
 * drops unknown startup parameters. Then the limits go into each transaction. They are never set for a session, because
 * a pooler lends the same session to others.
 */
export async function explorePostgresql(url: string, bounds: Bounds = {}): Promise<PostgresqlConnection> {
  const target = readPostgresqlUrl(url);
  const limits = { statement_timeout: bounds.statement_timeout ?? BOUNDS.statement_timeout, ...target.limits };
  const plain = { connectionString: target.connectionString, ...BOUNDS, query_timeout: patience(target), ...bounds };
  const pooled = { ...plain, statement_timeout: undefined };
  const direct = { ...plain, ...limits };
  const found = await ask(direct)
    .catch((error: unknown) => {
      if (isRefusedParameter(error)) return ask(pooled);
      throw error;
    })
    .catch((error: unknown) => {
      throw explained(error, target);
    });
  if (!target.schema && target.searchPath !== undefined && target.searchPath !== found.searchPath)
    throw new Error(`the pooler drops ${OPTIONS_ADVICE}`);
  const schema = target.schema ?? found.schema;
  if (!schema)
    throw new Error(
      'no schema in the search_path exists; create one, or name one in DATABASE_URL, such as ?schema=signet',
    );
  const hasLimits = LIMITS.every((name) => limits[name] === undefined || found.limits[name] === limits[name]);
  const settings = Object.entries(limits).map(([name, millis]) => `SET LOCAL ${name} = ${millis}`);
  return {
    config: hasLimits ? direct : pooled,
    schema,
    limitsPerTransaction: hasLimits ? '' : settings.join('; '),
    isPooled: found.isPooled,
  };
}

/** Time to wait for a response; 0 is unlimited. A longer limit in the URL lengthens it. */
function patience({ limits: { statement_timeout: limit } }: PostgresqlTarget): number {
  if (limit === undefined) return BOUNDS.query_timeout;
  return limit === 0 ? 0 : limit + GRACE_MILLIS;
}

/** A quoted SQL identifier. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** No connection: the cause says why. Has Prisma's error code for it. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
  readonly code = 'P1001';
}

const OPTIONS_ADVICE = '"options" of DATABASE_URL; set the schema with ?schema=…, or with ALTER ROLE … SET search_path';

type Found = { schema: string | null; searchPath: string; limits: PostgresqlTarget['limits']; isPooled: boolean };

type Settings = { name: string; setting: string; schema: string | null; path: string; pid: number };

async function ask(config: pg.ClientConfig): Promise<Found> {
  const client = new pg.Client(config);
  client.on('error', () => {}); // the failing query reports it
  await client.connect();
  try {
    const { rows } = await client.query<Settings>(
      `SELECT name, setting, current_schema() AS schema, current_setting('search_path') AS path, pg_backend_pid() AS pid
       FROM pg_settings WHERE name = ANY($1)`,
      [[...LIMITS]],
    );
    const limits = Object.fromEntries(rows.map(({ name, setting }) => [name, Number(setting)]));
    const { schema = null, path = '', pid } = rows[0] ?? {};
    return {
      schema,
      searchPath: path,
      limits,
      isPooled: pid !== (client as unknown as { processID?: number }).processID,
    };
  } finally {
    await client.end();
  }
}

function explained(error: unknown, target: PostgresqlTarget): Error {
  if (isRefusedParameter(error) && /\boptions\b/.test(error.message))
    return new Error(`the pooler refuses ${OPTIONS_ADVICE}`, { cause: error });
  const place = describePostgresqlUrl(target.connectionString);
  return new ConnectionError(`PostgreSQL at ${place} cannot be used: ${reasonOf(error)}`, { cause: error });
}

/** Node tries all addresses of a name and reports each, in an error that has no message of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}

/** PgBouncer's message is `unsupported startup parameter: …` (08P01); other poolers report an unsupported feature. */
function isRefusedParameter(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && (error.code === '08P01' || error.code === '0A000');
}
