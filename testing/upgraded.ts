import { createPrivateKey, type JsonWebKey } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { afterAll, inject, vi } from 'vitest';

import { beginPasskeySignIn, finishPasskeySignIn } from '../lib/credential/service';
import type { Identity } from '../lib/identity/model';
import { closeDb } from '../lib/platform/db/client';
import { migrate } from '../lib/platform/db/migrate';
import { resetEnv } from '../lib/platform/env';
import { newId } from '../lib/platform/ids';
import { SoftwareAuthenticator } from './authenticator';
import { runOnServer, temporaryFolder } from './database';
import { ADDRESS, CHROME } from './people';

/** A passkey with a known private key, to sign in with. */
export type KnownPasskey = { id: string; rpId: string; userHandle: string; privateKey: JsonWebKey };
type KnownClient = { clientId: string; clientSecret: string };
type KnownCode = { browserHash: string; address: string; code: string; token: string };

/** Facts about a fixture that its rows do not contain (known.json): secrets in clear, and which row belongs to whom. */
export type Known = {
  /** The fixture's moment, a minute after its last codes were mailed. */
  now: string;
  secret: string;
  home: KnownProject & { read: KnownClient };
  shop: KnownProject;
  odd: { unreadableId: string; openProjectId: string; emptyId: string };
  pending: {
    signInOfJane: KnownCode;
    signInOfAnna: KnownCode;
    stepUp: KnownCode & { sessionId: string };
    emailChange: KnownCode;
    recovery: { link: string; code: string };
    invited: Record<'owner' | 'admin' | 'viewer', string>;
  };
};
type KnownProject = {
  projectId: string;
  origin: string;
  ids: Record<string, string>;
  passkeys: Record<string, KnownPasskey>;
  full: KnownClient & { newerSecret?: string };
};

export type Row = Record<string, unknown>;
export type Upgrade = {
  known: Known;
  url: string;
  /** Every table as the release left it, rows in the order of their first column. */
  before: Record<string, Row[]>;
  /** A table in its present state, in the same form. */
  rowsOf: (table: string) => Promise<Row[]>;
};

// Registered while the test file is collected: inside `beforeAll` it would come too late and never run.
let finish: (() => Promise<void>) | undefined;
afterAll(() => finish?.());

const FIXTURES = path.resolve(import.meta.dirname, '../prisma/fixtures');
const FIRST = path.join(FIXTURES, '0.1.0');

/** The folder of each release's database. */
export function fixtureFolders(): string[] {
  const names = readdirSync(FIXTURES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names.map(({ name }) => path.join(FIXTURES, name));
}

/**
 * Runs this test file on a release's database (0.1.0, unless `folder` names another) after `migrate`, with its secret
 * and at its moment. Call it in `beforeAll`, or in a test; one ends before the next begins. `prepare` runs before the
 * migrations.
 */
export async function upgradeFixture(
  prepare: (url: string, known: Known) => Promise<void> = async () => {},
  folder: string = FIRST,
): Promise<Upgrade> {
  await finish?.();
  const known: Known = JSON.parse(readFileSync(path.join(folder, 'known.json'), 'utf8'));
  await closeDb();
  const { url, drop } = await restore(folder);
  const restored = { DATABASE_URL: process.env.DATABASE_URL, SIGNET_SECRET: process.env.SIGNET_SECRET };
  finish = async () => {
    finish = undefined;
    await closeDb();
    vi.useRealTimers();
    Object.assign(process.env, restored);
    resetEnv();
    await drop();
  };
  Object.assign(process.env, { DATABASE_URL: url, SIGNET_SECRET: known.secret });
  resetEnv();
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(known.now) });
  const before = await readAll(url);
  await prepare(url, known);
  await migrate(url);
  return { known, url, before, rowsOf: async (table) => (await readAll(url, [table]))[table] ?? [] };
}

/** Signs in with a passkey from the fixture, as its browser would. */
export async function signInWithKept({ origin, projectId, passkeys }: KnownProject, name: string): Promise<Identity> {
  const known = passkeys[name];
  if (!known) throw new Error(`the fixture has no passkey of ${name}`);
  const { rpId, userHandle } = known;
  const privateKey = createPrivateKey({ key: known.privateKey, format: 'jwk' });
  const authenticator = new SoftwareAuthenticator({ origin, isBackupEligible: true, counter: 100 });
  authenticator.keys.push({ id: Buffer.from(known.id, 'base64url'), rpId, userHandle, privateKey });
  const context = { projectId, origin, requestId: newId(), address: ADDRESS };
  const options = await beginPasskeySignIn(context, 'browser');
  const signedIn = await finishPasskeySignIn(context, 'browser', authenticator.get(options), { userAgent: CHROME });
  return signedIn.identity;
}

/** Runs one statement for a test. */
export async function execute(url: string, sql: string): Promise<void> {
  if (!url.startsWith('file:')) return runOnServer(url, sql);
  const database = new Database(url.slice('file:'.length));
  database.exec(sql);
  database.close();
}

async function restore(fixture: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const template = inject('databaseTemplate');
  if (template.kind === 'sqlite') {
    const folder = temporaryFolder();
    const file = path.join(folder.dir, 'signet.db');
    copyFileSync(path.join(fixture, 'sqlite.db'), file);
    return { url: `file:${file}`, drop: async () => folder.remove() };
  }
  const name = `upgraded_${crypto.randomUUID().replaceAll('-', '')}`;
  await runOnServer(template.serverUrl, `CREATE DATABASE ${name}`);
  const url = Object.assign(new URL(template.serverUrl), { pathname: `/${name}` }).href;
  await runOnServer(url, readFileSync(path.join(fixture, 'postgresql.sql'), 'utf8'));
  return { url, drop: () => runOnServer(template.serverUrl, `DROP DATABASE ${name} WITH (FORCE)`) };
}

/** Rows of all tables, or of the wanted ones, in the order of their first columns. */
export async function readAll(url: string, wanted?: string[]): Promise<Record<string, Row[]>> {
  return url.startsWith('file:') ? readSqlite(url.slice('file:'.length), wanted) : readPostgresql(url, wanted);
}

function readSqlite(file: string, wanted?: string[]): Record<string, Row[]> {
  const database = new Database(file, { readonly: true });
  try {
    const names = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[];
    // Without SQLite's own tables and those of the search index, which migrations need not preserve.
    const tables = wanted ?? names.filter((name) => !/^(sqlite_|IdentitySearch)/.test(name));
    const rows = (table: string) => database.prepare(`SELECT * FROM "${table}" ORDER BY 1, 2`).all() as Row[];
    return Object.fromEntries(tables.map((table) => [table, rows(table)]));
  } finally {
    database.close();
  }
}

async function readPostgresql(connectionString: string, wanted?: string[]): Promise<Record<string, Row[]>> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const names = await client.query("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'");
    const found: Record<string, Row[]> = {};
    for (const table of wanted ?? names.rows.map(({ name }) => String(name)))
      found[table] = (await client.query(`SELECT * FROM "${table}" ORDER BY 1, 2`)).rows;
    return found;
  } finally {
    await client.end();
  }
}
