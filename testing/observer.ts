import { inject } from 'vitest';
import { db } from '../lib/platform/db/client';

/**
 * Watches the database itself, below all code of ours: what rows there are, how many events, and whether an event can be
 * written at all.
 */

/** What may change without an event: when something was last used, and a reader's own language. */
const UNTOLD = new Set(['lastUsedAt', 'lastUsedAddress', 'lastSeenAt', 'signCount', 'isBackedUp', 'locale']);

export type Snapshot = { events: number; tables: Record<string, string> };

/** Every row of what people and operators own, by table, without what may change untold. */
export async function takeSnapshot(): Promise<Snapshot> {
  const client = await db();
  const all = { orderBy: { id: 'asc' } } as const;
  const rows = {
    organization: await client.organization.findMany(all),
    project: await client.project.findMany(all),
    projectOrigin: await client.projectOrigin.findMany(all),
    domainClaim: await client.domainClaim.findMany(all),
    projectLogo: await client.projectLogo.findMany({ orderBy: { projectId: 'asc' } }),
    identitySchema: await client.identitySchema.findMany(all),
    identity: await client.identity.findMany(all),
    identifier: await client.identifier.findMany(all),
    verifiableAddress: await client.verifiableAddress.findMany(all),
    recoveryAddress: await client.recoveryAddress.findMany(all),
    passkey: await client.passkey.findMany(all),
    session: await client.session.findMany(all),
    operator: await client.operator.findMany(all),
    invitation: await client.invitation.findMany(all),
    apiCredential: await client.apiCredential.findMany(all),
    apiCredentialSecret: await client.apiCredentialSecret.findMany(all),
    signingKey: await client.signingKey.findMany(all),
  };
  const tables = Object.fromEntries(Object.entries(rows).map(([table, held]) => [table, toText(held)]));
  return { events: await client.auditEvent.count(), tables };
}

/** The tables in which something is different. */
export function changedTables(before: Snapshot, after: Snapshot): string[] {
  return Object.keys(before.tables).filter((table) => before.tables[table] !== after.tables[table]);
}

/** While `work` runs, the database itself refuses every event. */
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

function toText(rows: unknown): string {
  return JSON.stringify(rows, (key, value) => {
    if (UNTOLD.has(key)) return undefined;
    return typeof value === 'bigint' ? String(value) : value;
  });
}
