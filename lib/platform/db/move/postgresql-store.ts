import pg from 'pg';
import { MOVE_MARK } from '../migrations';
import { explorePostgresql, quoted } from '../postgresql-connection';
import { describePostgresqlUrl } from '../postgresql-url';
import { FIRST_BATCH_ROWS, nextBatchSize, type Store, TakenOverError, type Target } from './store';
import {
  type Cell,
  type Column,
  type ColumnType,
  keyOf,
  type Refusal,
  type Row,
  type Table,
  tablesWrittenBy,
  Unreadable,
} from './tables';

const TYPES: Record<string, ColumnType> = {
  text: 'text',
  integer: 'integer',
  bigint: 'bigint',
  boolean: 'boolean',
  'timestamp without time zone': 'date',
  bytea: 'bytes',
};
const ARRAYS: Record<ColumnType, string> = {
  text: 'text[]',
  integer: 'integer[]',
  bigint: 'bigint[]',
  boolean: 'boolean[]',
  date: 'timestamp[]',
  bytes: 'bytea[]',
};

type Connection = { client: pg.Client; schema: string; limits: string; where: string };

/** Throws if other clients are connected, unless `othersAllowed`. All reads see one snapshot. */
export async function openPostgresqlSource(url: string, othersAllowed: boolean): Promise<Store> {
  const connection = await connect(url);
  try {
    if (!othersAllowed) await requireAlone(connection);
    await begin(connection);
    return storeOf(connection);
  } catch (error) {
    await connection.client.end();
    throw error;
  }
}

/** For a migrated database. */
export async function openPostgresqlTarget(url: string): Promise<Target> {
  const [reader, writer] = [await connect(url), await connect(url)];
  const store = storeOf(reader);
  return {
    ...store,
    rows: async function* (table, after) {
      await begin(reader); // only now, so that the snapshot contains the copy
      yield* store.rows(table, after);
      await reader.client.query('COMMIT');
    },
    ...writerOf(writer),
    close: async () => {
      await store.close();
      await writer.client.end();
    },
  };
}

async function connect(url: string): Promise<Connection> {
  // Sorting a large table may take longer.
  const connection = await explorePostgresql(url, { statement_timeout: 0, query_timeout: 0 });
  const raw = { getTypeParser: () => (value: string) => value };
  const client = new pg.Client({ ...connection.config, types: raw, application_name: 'signet move' });
  client.on('error', () => {}); // the failing statement reports it
  await client.connect();
  const limits = `SET LOCAL datestyle = 'ISO'; SET LOCAL bytea_output = 'hex'; ${connection.limitsPerTransaction}`;
  const where = `PostgreSQL at ${describePostgresqlUrl(url)}, schema "${connection.schema}"`;
  return { client, schema: connection.schema, limits, where };
}

/** Any connection may be a server's: sessions of a pooler are indistinguishable. */
async function requireAlone({ client, where }: Connection): Promise<void> {
  const { rows } = await client.query<{ pid: string; name: string; address: string | null }>(
    `SELECT pid, application_name AS name, client_addr AS address FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
  );
  if (rows.length === 0) return;
  const [{ pid, name, address } = { pid: '', name: '', address: null }] = rows;
  throw new Error(
    `${where} is in use: ${rows.length} other connection(s), such as server process ${pid} (${name || 'unnamed'}, ` +
      `${address ?? 'local'}). Stop every Signet server; if none of them is one, add --allow-connections`,
  );
}

/** Begins a transaction whose reads see one snapshot. */
async function begin({ client, limits }: Connection): Promise<void> {
  await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${limits}`);
}

function storeOf(connection: Connection): Store {
  const { client, schema, where } = connection;
  const named = (table: string) => `${quoted(schema)}.${quoted(table)}`;
  const ask = async <T extends pg.QueryResultRow>(sql: string, values: unknown[] = []) =>
    (await client.query<T>(sql, values)).rows;
  return {
    where,
    readTables: (models) => readTables(connection, models),
    readTriggered: async () => {
      const rows = await ask<{ body: string }>(
        `SELECT p.prosrc AS body FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
         JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE NOT t.tgisinternal AND n.nspname = $1`,
        [schema],
      );
      return tablesWrittenBy(rows.map(({ body }) => body));
    },
    count: async ({ name }) => Number((await ask<{ n: string }>(`SELECT count(*) AS n FROM ${named(name)}`))[0]?.n),
    rows: (table, after) => readRows(client, named(table.name), table, after),
    readInstallation: async () =>
      JSON.stringify([
        await ask(`SELECT "secretCheck" FROM ${named('Installation')}`),
        await ask(`SELECT min("id" COLLATE "C") AS "id" FROM ${named('Organization')}`),
      ]),
    close: () => client.end(),
  };
}

function writerOf(connection: Connection): Omit<Target, keyof Store> {
  const { client, schema, where } = connection;
  const mark = `${quoted(schema)}.${MOVE_MARK}`;
  const together = (work: () => Promise<void>) => inTransaction(connection, work);
  return {
    refusalsOf,
    readMark: async () => {
      const found = await client.query<{ name: string | null }>('SELECT to_regclass($1) AS name', [mark]);
      if (found.rows[0]?.name == null) return null;
      const { rows } = await client.query<{ mark: string }>(`SELECT mark FROM ${mark}`);
      return rows[0] ? JSON.parse(rows[0].mark) : null;
    },
    createMark: (first) =>
      together(async () => {
        await client.query(`CREATE TABLE ${mark} (mark text NOT NULL)`);
        await client.query(`INSERT INTO ${mark} VALUES ($1)`, [JSON.stringify(first)]);
      }),
    insert: (table, rows, from, to) =>
      together(async () => {
        const moved = await client.query(`UPDATE ${mark} SET mark = $1 WHERE mark = $2`, [
          JSON.stringify(to),
          JSON.stringify(from),
        ]);
        if (moved.rowCount !== 1) throw new TakenOverError(where);
        await insertRows(client, `${quoted(schema)}.${quoted(table.name)}`, table, rows);
      }),
    finish: async () => {
      await client.query(`DROP TABLE ${mark}`); // its commit also makes every earlier transaction durable
      await client.query('ANALYZE');
    },
  };
}

async function inTransaction({ client, limits }: Connection, work: () => Promise<void>): Promise<void> {
  await client.query(`BEGIN; SET LOCAL synchronous_commit = off; ${limits}`);
  try {
    await work();
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {}); // the first failure is thrown
    throw error;
  }
}

async function readTables({ client, schema }: Connection, models: Map<string, string[]>): Promise<Table[]> {
  const columns = await client.query<{ table: string; name: string; type: string }>(
    `SELECT table_name AS "table", column_name AS name, data_type AS type FROM information_schema.columns
     WHERE table_schema = $1`,
    [schema],
  );
  const keys = await client.query<{ table: string; name: string }>(
    `SELECT c.relname AS "table", a.attname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
     JOIN pg_namespace n ON n.oid = c.relnamespace
     CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(attnum, at)
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
     WHERE i.indisprimary AND n.nspname = $1 ORDER BY c.relname, k.at`,
    [schema],
  );
  const references = await client.query<{ table: string; other: string }>(
    `SELECT c.relname AS "table", o.relname AS other FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid
     JOIN pg_class o ON o.oid = f.confrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE f.contype = 'f' AND n.nspname = $1`,
    [schema],
  );
  const types = new Map(columns.rows.map(({ table, name, type }) => [`${table}.${name}`, TYPES[type]]));
  return [...models].map(([name, names]) => ({
    name,
    columns: names.map((column): Column => {
      const type = types.get(`${name}.${column}`);
      if (!type) throw new Error(`"${name}"."${column}" has a type that cannot be moved`);
      return { name: column, type };
    }),
    key: keys.rows.filter(({ table }) => table === name).map((column) => names.indexOf(column.name)),
    references: references.rows.filter(({ table }) => table === name).map(({ other }) => other),
  }));
}

/** By cursor, because the bytewise order may have no index. */
async function* readRows(client: pg.Client, from: string, table: Table, after: string[] | null): AsyncGenerator<Row[]> {
  const { columns, key } = table;
  const list = columns.map((column) => quoted(column.name)).join(', ');
  const keys = key.map(
    (at) => `${quoted(columns[at]?.name ?? '')}${columns[at]?.type === 'text' ? ' COLLATE "C"' : ''}`,
  );
  const beyond = after ? `WHERE (${keys.join(', ')}) > (${after.map((_, at) => `$${at + 1}`).join(', ')})` : '';
  await client.query(
    `DECLARE move_rows NO SCROLL CURSOR FOR SELECT ${list} FROM ${from} ${beyond} ORDER BY ${keys.join(', ')}`,
    after ?? [],
  );
  try {
    for (let limit = FIRST_BATCH_ROWS; ; ) {
      const { rows: found } = await client.query<Array<string | null>>({
        text: `FETCH ${limit} FROM move_rows`,
        rowMode: 'array',
      });
      if (found.length === 0) return;
      const rows = found.map((values) => values.map((value, at) => toCell(columns[at]?.type ?? 'text', value)));
      yield rows;
      limit = nextBatchSize(rows);
    }
  } finally {
    await client.query('CLOSE move_rows').catch(() => {}); // the failed read is thrown
  }
}

function toCell(type: ColumnType, value: string | null): Cell {
  if (value === null || type === 'text' || type === 'integer' || type === 'bigint') return value;
  if (type === 'boolean') return String(value === 't');
  if (type === 'bytes') return value.slice('\\x'.length);
  const date = new Date(`${value.replace(' ', 'T')}Z`);
  return Number.isNaN(date.getTime()) ? new Unreadable('is not a date of the years 1 to 9999') : date.toISOString();
}

function refusalsOf(table: Table, rows: Row[]): Refusal[] {
  return rows.flatMap((row) =>
    row.flatMap((cell, at) =>
      typeof cell === 'string' && cell.includes('\0')
        ? [
            {
              table: table.name,
              key: keyOf(table, row).join(', '),
              column: table.columns[at]?.name ?? '',
              reason: 'contains a NUL character, which PostgreSQL cannot store',
            },
          ]
        : [],
    ),
  );
}

async function insertRows(client: pg.Client, into: string, { columns }: Table, rows: Row[]): Promise<void> {
  const names = columns.map((column) => quoted(column.name)).join(', ');
  const arrays = columns.map(({ type }, at) => `$${at + 1}::${ARRAYS[type]}`).join(', ');
  const values = columns.map(({ type }, at) => rows.map((row) => toPostgresql(type, row[at] ?? null)));
  await client.query(`INSERT INTO ${into} (${names}) SELECT * FROM unnest(${arrays})`, values);
}

function toPostgresql(type: ColumnType, cell: Cell): string | null {
  if (cell === null || cell instanceof Unreadable) return null;
  return type === 'bytes' ? `\\x${cell}` : cell;
}
