import { z } from 'zod';
import type { Prisma } from '@/generated/sqlite/client';
import { ACTOR_KINDS } from '@/lib/audit/model';
import type { Db } from '@/lib/platform/db/client';
import { columnsOf } from '@/lib/platform/db/columns';
import { first, post, run, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import { isJsonObject, type Json, type JsonObject } from '@/lib/platform/json';
import { toUnion } from '@/lib/platform/union';
import { OPERATOR_ROLES } from '@/lib/role/model';
import { ADDRESS_STATUSES, IDENTITY_STATES, type Identity } from '../model';
import type { DeletedIdentity, DeletedSummary } from '../model/deleted';
import { displayName } from '../model/name';
import { searchTextOf } from '../model/search';
import { IDENTITY_COLUMNS, type IdentityRow, toIdentity } from './row';

type Reader = Db | Tx;

const FROM = 'FROM "Identity" i JOIN "Project" p ON p.id = i."projectId" WHERE i.id = $1 AND i."projectId" = $2';
const OWN = `p."recycleBinDays",
  (SELECT count(*) FROM "ApplicationSession" s WHERE s."identityId" = i.id) AS "applicationSessions"`;
type ForDeletionRow = IdentityRow & { recycleBinDays: number; applicationSessions: number };
const FOR_DELETION = statement<ForDeletionRow>('identity.for_deletion', {
  sqlite: `SELECT ${IDENTITY_COLUMNS.sqlite}, ${OWN} ${FROM}`,
  postgresql: `SELECT ${IDENTITY_COLUMNS.postgresql}, ${OWN} ${FROM}`,
});

/**
 * The identity, for how many days it would rest in its project's recycle bin, and whether it has sessions at applications,
 * which saves their read for those that have none.
 */
export async function findForDeletion(
  tx: Tx,
  projectId: string,
  id: string,
): Promise<{ identity: Identity; recycleBinDays: number; hasApplicationSessions: boolean } | null> {
  const row = await first(FOR_DELETION, [id, projectId], tx);
  if (!row) return null;
  const { recycleBinDays, applicationSessions } = row;
  return { identity: toIdentity(row), recycleBinDays, hasApplicationSessions: applicationSessions > 0 };
}

const COLUMNS = [
  ...(['id', 'projectId', 'identityId', 'name', 'identifiers', 'searchText', 'passkeyCount', 'operatorRoles'] as const),
  ...(['version', 'identity', 'passkeys', 'deletedByKind', 'deletedById', 'deletedAt', 'purgeAt'] as const),
];
const REPLACED = COLUMNS.filter((column) => column !== 'projectId' && column !== 'identityId');
// An import may have created an identity with the ID of a deleted one, which this deletion then replaces.
const INSERT = statement(
  'deleted_identity.insert',
  `INSERT INTO "DeletedIdentity" (${COLUMNS.map((column) => `"${column}"`).join(', ')})
   VALUES (${COLUMNS.map((_, at) => `$${at + 1}`).join(', ')})
   ON CONFLICT ("projectId", "identityId") DO UPDATE SET
   ${REPLACED.map((column) => `"${column}" = excluded."${column}"`).join(', ')}`,
);
const TAKE = statement(
  'deleted_identity.take',
  'DELETE FROM "DeletedIdentity" WHERE "projectId" = $1 AND "identityId" = $2 AND "id" = $3',
);
const LOCK = statement(
  'deleted_identity.lock',
  'UPDATE "DeletedIdentity" SET "identityId" = $2 WHERE "projectId" = $1 AND "identityId" = $2',
);
const FORGET = statement(
  'deleted_identity.forget',
  'DELETE FROM "DeletedIdentity" WHERE "projectId" = $1 AND "identityId" = $2',
);

/** `passkeys`: as `readPasskeys` returns them. */
export function insertDeleted(tx: Tx, deleted: DeletedIdentity, passkeys: string): void {
  const { identity, deletedBy, identifiers, operatorRoles, ...row } = deleted;
  const values = {
    ...row,
    identifiers: JSON.stringify(identifiers),
    operatorRoles: JSON.stringify(operatorRoles),
    searchText: searchTextOf(identity),
    version: identity.version,
    identity: JSON.stringify(identity),
    passkeys,
    deletedByKind: deletedBy.kind,
    deletedById: deletedBy.id,
  };
  post(
    INSERT,
    COLUMNS.map((column) => values[column]),
    tx,
  );
}

/** Locks the row until the transaction ends; false if there is none. */
export async function lockDeleted(tx: Tx, projectId: string, identityId: string): Promise<boolean> {
  return (await run(LOCK, [projectId, identityId], tx)) === 1;
}

/** True for exactly one caller. */
export async function takeDeleted(tx: Tx, { id, projectId, identityId }: DeletedSummary): Promise<boolean> {
  return (await run(TAKE, [projectId, identityId, id], tx)) === 1;
}

/** Removes whatever the recycle bin has under this ID. */
export function forgetDeleted(tx: Tx, projectId: string, identityId: string): void {
  post(FORGET, [projectId, identityId], tx);
}

type Row = Prisma.DeletedIdentityGetPayload<object>;
const BY_IDENTITY = statement<Row>(
  'deleted_identity.by_identity',
  `SELECT ${columnsOf('d', COLUMNS.join(' '))} FROM "DeletedIdentity" d
   WHERE d."projectId" = $1 AND d."identityId" = $2`,
);

export async function findDeleted(
  projectId: string,
  identityId: string,
  reader?: Reader,
): Promise<(DeletedIdentity & { passkeys: string }) | null> {
  const row = await first(BY_IDENTITY, [projectId, identityId], reader);
  return row && { ...toDeleted(row), passkeys: row.passkeys };
}

/** Due for longest first. */
export async function listDue(tx: Tx, now: Date, limit: number): Promise<DeletedSummary[]> {
  const rows = await tx.deletedIdentity.findMany({
    where: { purgeAt: { lte: now } },
    orderBy: { purgeAt: 'asc' },
    take: limit,
    omit: SUMMARY,
  });
  return rows.map(toSummary);
}

/** A row without its long texts. */
export const SUMMARY = { identity: true, passkeys: true, searchText: true } as const;
type SummaryRow = Omit<Row, 'identity' | 'passkeys' | 'searchText'>;

const roles = z.array(z.object({ organizationId: z.string(), role: z.enum(OPERATOR_ROLES) }));

export function toSummary(row: SummaryRow): DeletedSummary {
  const { id, projectId, identityId, name, passkeyCount, deletedAt, purgeAt } = row;
  return {
    id,
    projectId,
    identityId,
    name,
    passkeyCount,
    deletedAt,
    purgeAt,
    identifiers: z.array(z.string()).parse(JSON.parse(row.identifiers)),
    operatorRoles: roles.parse(JSON.parse(row.operatorRoles)),
    deletedBy: { kind: toUnion(ACTOR_KINDS, row.deletedByKind), id: row.deletedById },
  };
}

const date = z.iso.datetime().transform((text) => new Date(text));
const json = z.unknown().transform((value) => (value ?? null) as Json);
const stamps = { createdAt: date, updatedAt: date };
const address = { id: z.string(), value: z.string(), via: z.literal('email'), ...stamps };
/** As JSON.stringify wrote it. A column that is younger than the row has its default. */
const storedIdentity = z.object({
  ...{ id: z.string(), projectId: z.string(), schemaId: z.string(), schemaVersion: z.number() },
  ...{ state: z.enum(IDENTITY_STATES), stateChangedAt: date, traits: z.custom<JsonObject>(isJsonObject) },
  ...{ metadataPublic: json, metadataAdmin: json, externalId: z.string().nullable(), userHandle: z.string() },
  ...{ locale: z.string().nullable(), revocationEpoch: z.number(), identifierPointer: z.string().nullable() },
  pictureId: z.unknown().transform(() => null), // a picture is gone with the deletion
  deletionDueAt: z.null().default(null), // an account that its owner deleted never rests here
  ...{ version: z.number(), signedInAt: date.nullable(), ...stamps, identifiers: z.array(z.string()) },
  verifiableAddresses: z.array(
    z.object({
      ...address,
      verified: z.boolean(),
      verifiedAt: date.nullable(),
      status: z.enum(ADDRESS_STATUSES),
    }),
  ),
  recoveryAddresses: z.array(z.object(address)),
  operatorRoles: roles,
  passkeyCount: z.number(),
});

export function toDeleted(row: Row): DeletedIdentity {
  return { ...toSummary(row), identity: storedIdentity.parse(JSON.parse(row.identity)) };
}

/** The summary of an identity that is about to be deleted. */
export function summaryOf(identity: Identity): Omit<DeletedSummary, 'id' | 'deletedBy' | 'deletedAt' | 'purgeAt'> {
  const { id: identityId, projectId, identifiers, passkeyCount, operatorRoles } = identity;
  return { projectId, identityId, name: displayName(identity), identifiers, passkeyCount, operatorRoles };
}
