import { inject } from 'vitest';
import { Prisma } from '@/generated/sqlite/client';
import { db } from '../lib/platform/db/client';
import { digestsOf } from './digests';

/**
 * Observes the database itself, below all of our code: its rows, the number of events, and whether events can be
 * written.
 */

/** May change without an event: last uses, and a person's own language. */
const UNRECORDED = ['lastUsedAt', 'lastUsedAddress', 'lastSeenAt', 'signCount', 'isBackedUp', 'locale'];

/** Tables of rows that people and operators own. */
const OWNED = [
  ...['Organization', 'Project', 'ProjectOrigin', 'DomainClaim', 'ProjectText', 'Picture', 'ProjectLogo'],
  ...['IdentitySchema', 'Identity', 'Identifier', 'VerifiableAddress', 'RecoveryAddress', 'DeletedIdentity'],
  ...['Passkey', 'Session', 'RecoveryCode', 'Pairing', 'Operator', 'Invitation', 'ApiCredential'],
  ...['ApiCredentialSecret', 'Application', 'ApplicationSecret', 'ApplicationLogo', 'ApplicationGroup', 'Group'],
  ...['GroupMember', 'ClaimMapping', 'Grant', 'SigningKey', 'WebhookEndpoint'],
];

export type Snapshot = { events: number; tables: Record<string, string> };

/** A text per table, equal while its rows are; without the columns of `UNRECORDED`. */
export async function takeSnapshot(): Promise<Snapshot> {
  const everything = Prisma.sql`1 = 1`;
  const tables = await digestsOf(Object.fromEntries(OWNED.map((name) => [name, everything])), UNRECORDED);
  return { events: await (await db()).auditEvent.count(), tables };
}

/** The tables with differences. */
export function changedTables(before: Snapshot, after: Snapshot): string[] {
  return Object.keys(before.tables).filter((table) => before.tables[table] !== after.tables[table]);
}

/** Makes the database refuse every event while `work` runs. */
export async function withoutEvents<Result>(work: () => Promise<Result>): Promise<Result> {
  const client = await db();
  const isSqlite = inject('databaseTemplate').kind === 'sqlite';
  for (const statement of isSqlite ? [ON_SQLITE] : ON_POSTGRESQL) await client.$executeRawUnsafe(statement);
  try {
    return await work();
  } finally {
    await client.$executeRawUnsafe(`DROP TRIGGER "no_event"${isSqlite ? '' : ' ON "AuditEvent"'}`);
  }
}

const ON_SQLITE = `CREATE TRIGGER "no_event" BEFORE INSERT ON "AuditEvent" BEGIN SELECT RAISE(ABORT, 'no event'); END`;
const ON_POSTGRESQL = [
  `CREATE OR REPLACE FUNCTION no_event() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'no event'; END $$ LANGUAGE plpgsql`,
  `CREATE TRIGGER "no_event" BEFORE INSERT ON "AuditEvent" FOR EACH ROW EXECUTE FUNCTION no_event()`,
];
