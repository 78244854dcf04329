#!/usr/bin/env node
// Replaces Prisma's native schema engine where its download host binaries.prisma.sh is unreachable. Speaks the same
// JSON-RPC over stdio and takes the same arguments, but runs the WebAssembly build (@prisma/schema-engine-wasm, a dev
// dependency) through the driver adapters. `npm run migrate:new` falls back to it; by hand:
// PRISMA_SCHEMA_ENGINE_BINARY=scripts/prisma/schema-engine.mjs npx prisma migrate …
// docs/decisions ("Prisma's engine") says when to remove this file.
import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import readline from 'node:readline';
import { sqliteFile } from '../../lib/platform/db/sqlite-file.mjs';

const require = createRequire(import.meta.url);
const args = process.argv.slice(2);
const IN_MEMORY = 'file::memory:';
const url = JSON.parse(valuesOf('--datasource')[0] ?? '{}').url ?? IN_MEMORY;
const isPostgres = /^postgres(ql)?:/.test(url);

if (args.includes('--version')) console.log(`schema-engine-cli wasm ${(await loadWasm()).version()}`);
else if (args.includes('cli')) await runCommand(args[args.indexOf('cli') + 1]);
else await serve();

function valuesOf(name) {
  return args.flatMap((arg, at) => (arg === name ? [args[at + 1]] : []));
}

async function loadWasm() {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => process.stderr.write(`${message}\n`) };
  const dir = path.dirname(require.resolve('@prisma/schema-engine-wasm'));
  const glue = await import(path.join(dir, 'schema_engine_bg.js'));
  const bytes = readFileSync(path.join(dir, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return glue;
}

/** `schema-engine cli create-database | can-connect-to-database`: Prisma's checks before it opens the engine. */
async function runCommand(command) {
  if (isPostgres) return runPostgresCommand(command);
  const file = sqliteFile(url);
  if (command === 'create-database') {
    mkdirSync(path.dirname(file), { recursive: true });
    closeSync(openSync(file, 'a'));
  } else if (command === 'can-connect-to-database' && !existsSync(file)) {
    fail('P1003', `Database ${file} does not exist`);
  }
}

async function runPostgresCommand(command) {
  const { default: pg } = await import('pg');
  if (command === 'can-connect-to-database') {
    try {
      await withClient(pg, url, () => {});
    } catch (error) {
      fail(error.code === '3D000' ? 'P1003' : 'P1001', error.message);
    }
  } else if (command === 'create-database') {
    const server = new URL(url);
    const name = decodeURIComponent(server.pathname.slice(1));
    server.pathname = '/postgres';
    await withClient(pg, server.href, (client) => client.query(`CREATE DATABASE "${name.replaceAll('"', '""')}"`));
  }
}

async function withClient(pg, connectionString, use) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}

function fail(error_code, message) {
  const line = { level: 'ERROR', target: 'schema_engine::logger', fields: { error_code, message } };
  process.stderr.write(`\n${JSON.stringify(line)}\n`);
  process.exit(1);
}

/** The JSON-RPC loop. Ends when stdin is closed and every call is answered. */
async function serve() {
  const lines = readline.createInterface({ input: process.stdin });
  const waiting = new Map();
  let pending = 0;
  let nextId = 1_000_000;
  let closed = false;
  let engine;
  const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const endWhenIdle = () => closed && pending === 0 && process.exit(0);
  // The native engine prints a diff through a call of its own, which Prisma answers.
  const print = (content) =>
    new Promise((answered) => {
      waiting.set(++nextId, answered);
      send({ id: nextId, method: 'print', params: { content } });
    });

  lines.on('close', () => {
    closed = true;
    endWhenIdle();
  });
  lines.on('line', async (line) => {
    const message = JSON.parse(line);
    if (!message.method) {
      waiting.get(message.id)?.();
      return;
    }
    pending++;
    try {
      engine ??= openEngine();
      send({ id: message.id, result: await call(await engine, message, print) });
    } catch (error) {
      const data = {
        is_panic: false,
        message: error.message,
        meta: error.meta ?? null,
        error_code: error.code ?? null,
      };
      send({ id: message.id, error: { code: 4466, message: error.message, data } });
    } finally {
      pending--;
      endWhenIdle();
    }
  });
}

async function openEngine() {
  const wasm = await loadWasm();
  const { bindMigrationAwareSqlAdapterFactory } = await import('@prisma/driver-adapter-utils');
  const datamodels = valuesOf('--datamodels').map((file) => [file, readFileSync(file, 'utf8')]);
  const factory = bindMigrationAwareSqlAdapterFactory(patchFactory(await adapterFor()));
  return wasm.SchemaEngine.new({ datamodels: datamodels.length ? datamodels : undefined }, () => {}, factory);
}

async function call(engine, { method, params }, print) {
  if (method === 'diff') {
    const { stdout, exitCode } = await engine.diff(params);
    if (stdout != null) await print(stdout);
    return { exitCode, stdout: null };
  }
  const name = method === 'getDatabaseVersion' ? 'version' : method;
  try {
    return (await engine[name](params)) ?? {};
  } catch (error) {
    // The WebAssembly engine does not recognize "no migrations table yet" on SQLite: create the table and retry.
    if (error.code !== 'P1014' || !error.message.includes('_prisma_migrations')) throw error;
    const connection = await (await adapterFor()).connect();
    await connection.executeScript(`CREATE TABLE IF NOT EXISTS "_prisma_migrations" ("id" TEXT PRIMARY KEY NOT NULL,
      "checksum" TEXT NOT NULL, "finished_at" DATETIME, "migration_name" TEXT NOT NULL, "logs" TEXT,
      "rolled_back_at" DATETIME, "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
      "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0)`);
    await connection.dispose();
    return (await engine[name](params)) ?? {};
  }
}

async function adapterFor(database) {
  if (!isPostgres) {
    const { PrismaBetterSqlite3 } = await import('@prisma/adapter-better-sqlite3');
    return new PrismaBetterSqlite3({ url: url === IN_MEMORY ? url : sqliteFile(url) });
  }
  const { PrismaPg } = await import('@prisma/adapter-pg');
  const target = new URL(url);
  if (database) target.pathname = `/${database}`;
  const schema = target.searchParams.get('schema');
  target.searchParams.delete('schema'); // Prisma's own parameter, unknown to the driver
  return new PrismaPg({ connectionString: target.href }, schema ? { schema } : undefined);
}

/** Closes the gaps between the published adapters and the WebAssembly engine. */
function patchFactory(factory) {
  const connect = factory.connect.bind(factory);
  const connectToShadow = factory.connectToShadowDb.bind(factory);
  factory.connect = async () => patchConnection(await connect());
  factory.connectToShadowDb = async () => {
    if (!isPostgres) return patchConnection(await connectToShadow());
    // The adapter's own version would run in the main database when created from a connection string, and it drops the
    // shadow database while its pool is still open, which PostgreSQL refuses.
    const database = `prisma_migrate_shadow_db_${randomUUID()}`;
    const admin = await connect();
    await admin.executeScript(`CREATE DATABASE "${database}"`);
    const shadow = patchConnection(await (await adapterFor(database)).connect());
    const dispose = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      await dispose();
      await admin.executeScript(`DROP DATABASE "${database}" WITH (FORCE)`);
      await admin.dispose();
    };
    return shadow;
  };
  return factory;
}

function patchConnection(connection) {
  if (isPostgres) {
    // The adapter does not know catalogue columns of type "char" (oid 18): read them as text (oid 25). PostgreSQL 18
    // lists NOT NULL as constraints of kind "n", on which the engine crashes: leave them out.
    const io = connection.performIO.bind(connection);
    connection.performIO = async (query) => {
      const sql = query.sql.replace("contype NOT IN ('p', 'u', 'f')", "contype NOT IN ('p', 'u', 'f', 'n')");
      const result = await io({ ...query, sql });
      for (const field of result.fields ?? []) if (field.dataTypeID === 18) field.dataTypeID = 25;
      return result;
    };
    // The adapter splits a script at each semicolon, even within a function; PostgreSQL takes it whole.
    connection.executeScript = async (script) => void (await io({ sql: script, args: [], argTypes: [] }));
  } else {
    // For a partial index the engine queries `name = "…"`; better-sqlite3 accepts double quotes for names only.
    const read = connection.queryRaw.bind(connection);
    connection.queryRaw = (query) =>
      read({ ...query, sql: query.sql.replace(/(type = 'index' AND name = )"([^"']*)"/, "$1'$2'") });
    // A shadow migration arrives as one query of many statements, which better-sqlite3 refuses.
    const execute = connection.executeRaw.bind(connection);
    connection.executeRaw = async (query) => {
      try {
        return await execute(query);
      } catch (error) {
        if (!/more than one statement/.test(error.message)) throw error;
        await connection.executeScript(query.sql);
        return 0;
      }
    };
  }
  const begin = connection.startTransaction.bind(connection);
  connection.startTransaction = async (isolation) => patchConnection(await begin(isolation));
  return connection;
}
