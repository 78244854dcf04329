import { inject } from 'vitest';
import { db } from '../lib/platform/db/client';

/**
 * Observes the database itself, below all of our code: its rows, the number of events, and whether events can be
 * written.
 */

/** May change without an event: last uses, and a person's own language. */
const UNRECORDED = new Set(['lastUsedAt', 'lastUsedAddress', 'lastSeenAt', 'signCount', 'isBackedUp', 'locale']);

export type Snapshot = { events: number; tables: Record<string, string> };

/** Every row that people and operators own, by table, without the columns of `UNRECORDED`. */
export async function takeSnapshot(): Promise<Snapshot> {
  const client = await db();
  const all = { orderBy: { id: 'asc' } } as const;
  const rows = {
    organization: await client.organization.findMany(all),
    project: await client.project.findMany(all),
    projectOrigin: await client.projectOrigin.findMany(all),
    domainClaim: await client.domainClaim.findMany(all),
    projectText: await client.projectText.findMany(all),
    picture: await client.picture.findMany(all),
    projectLogo: await client.projectLogo.findMany({ orderBy: { projectId: 'asc' } }),
    identitySchema: await client.identitySchema.findMany(all),
    identity: await client.identity.findMany(all),
    identifier: await client.identifier.findMany(all),
    verifiableAddress: await client.verifiableAddress.findMany(all),
    recoveryAddress: await client.recoveryAddress.findMany(all),
    deletedIdentity: await client.deletedIdentity.findMany(all),
    passkey: await client.passkey.findMany(all),
    session: await client.session.findMany(all),
    recoveryCode: await client.recoveryCode.findMany(all),
    pairing: await client.pairing.findMany(all),
    operator: await client.operator.findMany(all),
    invitation: await client.invitation.findMany(all),
    apiCredential: await client.apiCredential.findMany(all),
    apiCredentialSecret: await client.apiCredentialSecret.findMany(all),
    application: await client.application.findMany({ ...all, include: { groups: true, logo: true } }),
    applicationSecret: await client.applicationSecret.findMany(all),
    group: await client.group.findMany(all),
    groupMember: await client.groupMember.findMany({ orderBy: [{ groupId: 'asc' }, { identityId: 'asc' }] }),
    claimMapping: await client.claimMapping.findMany({ orderBy: { projectId: 'asc' } }),
    grant: await client.grant.findMany(all),
    signingKey: await client.signingKey.findMany(all),
  };
  const tables = Object.fromEntries(Object.entries(rows).map(([table, held]) => [table, toText(held)]));
  return { events: await client.auditEvent.count(), tables };
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

function toText(rows: unknown): string {
  return JSON.stringify(rows, (key, value) => {
    if (UNRECORDED.has(key)) return undefined;
    return typeof value === 'bigint' ? String(value) : value;
  });
}
