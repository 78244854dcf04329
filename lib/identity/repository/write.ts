import { db } from '@/lib/platform/db/client';
import { combineInserts, insertCombined, insertInto, insertMany } from '@/lib/platform/db/insert-many';
import { together } from '@/lib/platform/db/open-transaction';
import { run, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import { isUniqueViolation } from '@/lib/platform/db/violations';
import { AppError } from '@/lib/platform/errors';
import type { Identity } from '../model';
import { refuseReserved } from './email-change';
import { toIdentifierRow, toRecoveryRow, toRow, toVerifiableRow } from './row';

/** Columns that an update may write: those of `toRow`, and the version. */
export const CHANGED = [
  ...(['schemaId', 'schemaVersion', 'state', 'stateChangedAt', 'traits', 'metadataPublic', 'metadataAdmin'] as const),
  ...(['externalId', 'searchText', 'sortName', 'userHandle', 'revocationEpoch', 'identifierPointer'] as const),
  ...(['updatedAt', 'version'] as const),
];
const IDENTITIES = insertInto('Identity', ['id', 'projectId', 'createdAt', 'locale', 'deletionDueAt', ...CHANGED]);
const IDENTIFIERS = insertInto('Identifier', ['id', 'projectId', 'identityId', 'value', 'createdAt']);
const VERIFIABLE = insertInto('VerifiableAddress', [
  ...(['id', 'projectId', 'identityId', 'value', 'via', 'status', 'verified', 'verifiedAt'] as const),
  ...(['createdAt', 'updatedAt'] as const),
]);
const RECOVERY = insertInto('RecoveryAddress', [
  ...(['id', 'projectId', 'identityId', 'value', 'via', 'createdAt', 'updatedAt'] as const),
]);

const ALL = combineInserts('identity.insert', [IDENTITIES, IDENTIFIERS, VERIFIABLE, RECOVERY]);
const ADDRESSES = combineInserts('identity.insert_addresses', [VERIFIABLE, RECOVERY]);

const UPDATE = statement(
  'identity.update',
  `UPDATE "Identity" SET ${CHANGED.map((column, at) => `"${column}" = $${at + 4}`).join(', ')}
   WHERE "id" = $1 AND "projectId" = $2 AND "version" = $3`,
);
const RAISE_VERSION = statement(
  'identity.raise_version',
  'UPDATE "Identity" SET "version" = "version" + 1, "updatedAt" = $3 WHERE "id" = $1 AND "projectId" = $2',
);
const SIGNED_IN = statement(
  'identity.signed_in',
  'UPDATE "Identity" SET "signedInAt" = $3 WHERE "id" = $1 AND "projectId" = $2 AND "signedInAt" < $3',
);
const PASSKEY_INVITED = statement(
  'identity.passkey_invited',
  'UPDATE "Identity" SET "passkeyInvitedAt" = $3 WHERE "id" = $1 AND "projectId" = $2',
);
const PICTURE = statement(
  'identity.picture',
  `UPDATE "Identity" SET "pictureId" = $4, "version" = "version" + 1, "updatedAt" = $5
   WHERE "id" = $1 AND "projectId" = $2 AND "version" = $3`,
);
const LOCK = statement('identity.lock', 'UPDATE "Identity" SET "id" = $1 WHERE "id" = $1 AND "projectId" = $2');
const DELETE = statement(
  'identity.delete',
  'DELETE FROM "Identity" WHERE "id" = $1 AND "projectId" = $2 AND "version" = $3',
);
const DELETE_IDENTIFIER = statement(
  'identity.delete_identifier',
  'DELETE FROM "Identifier" WHERE "identityId" = $1 AND "value" = $2',
);
const DELETE_VERIFIABLE = statement(
  'identity.delete_verifiable_address',
  'DELETE FROM "VerifiableAddress" WHERE "id" = $1 AND "identityId" = $2',
);
const DELETE_RECOVERY = statement(
  'identity.delete_recovery_address',
  'DELETE FROM "RecoveryAddress" WHERE "id" = $1 AND "identityId" = $2',
);
const UPDATE_VERIFIABLE = statement(
  'identity.update_verifiable_address',
  `UPDATE "VerifiableAddress" SET "verified" = $3, "verifiedAt" = $4, "status" = $5, "updatedAt" = $6
   WHERE "id" = $1 AND "identityId" = $2`,
);

/** Refuses: `identifier_taken`, `external_id_taken`, as the unique indexes decide. */
export async function insertIdentity(tx: Tx, identity: Identity): Promise<void> {
  await insertIdentities(tx, [identity]);
}

/** All or none, of one project. Refuses as `insertIdentity`. */
export async function insertIdentities(tx: Tx, identities: Identity[]): Promise<void> {
  const data = identities.map((identity) => {
    const { id, projectId, createdAt, locale, deletionDueAt, version } = identity;
    return { id, projectId, createdAt, ...toRow(identity), locale, deletionDueAt, version };
  });
  const owned = <T>(rowsOf: (identity: Identity) => T[]) => identities.flatMap(rowsOf);
  const identifiers = owned((one) => one.identifiers.map((value) => toIdentifierRow(one, value)));
  const verifiable = owned((one) => one.verifiableAddresses.map((address) => toVerifiableRow(one, address)));
  const recovery = owned((one) => one.recoveryAddresses.map((address) => toRecoveryRow(one, address)));
  const [{ projectId } = { projectId: '' }] = identities;
  const addresses = identifiers.map(({ value }) => value);
  await together([
    mapUniqueViolation(() => insertCombined(ALL, [data, identifiers, verifiable, recovery], tx)),
    refuseReserved(tx, projectId, addresses, null),
  ]);
}

/**
 * Writes an identity with its identifiers and addresses if its version is unchanged.
 * False after a concurrent update. Refuses: `identifier_taken`, `external_id_taken`.
 */
export async function updateIdentity(tx: Tx, before: Identity, after: Identity): Promise<boolean> {
  const row = { ...toRow(after), version: after.version };
  const values = CHANGED.map((column) => row[column]);
  const count = await mapUniqueViolation(() =>
    run(UPDATE, [before.id, before.projectId, before.version, ...values], tx),
  );
  if (count === 0) return false;
  await updateOwned(tx, before, after);
  return true;
}

/** Writes identifiers and addresses. Refuses: `identifier_taken`. */
export async function updateOwned(tx: Tx, before: Identity, after: Identity): Promise<void> {
  await updateIdentifiers(tx, before, after);
  await updateAddresses(tx, before, after);
}

/** Independent of concurrent changes: keeps the version, and no change writes this column. */
export async function updateLocale(projectId: string, id: string, locale: string): Promise<void> {
  await (await db()).identity.updateMany({ where: { id, projectId }, data: { locale } });
}

/** As `updateLocale`. */
export async function updateSignedInAt(tx: Tx, projectId: string, id: string, at: Date): Promise<void> {
  await run(SIGNED_IN, [id, projectId, at.getTime()], tx);
}

/** As `updateLocale`. */
export async function updatePasskeyInvitedAt(tx: Tx, projectId: string, id: string, at: Date): Promise<void> {
  await run(PASSKEY_INVITED, [id, projectId, at], tx);
}

/** True if the version was unchanged. */
export async function updatePicture(tx: Tx, before: Identity, pictureId: string | null, now: Date): Promise<boolean> {
  const { id, projectId, version } = before;
  return (await run(PICTURE, [id, projectId, version, pictureId, now], tx)) === 1;
}

/** Raises version and updated_at for a change of a dependant, such as a passkey. */
export async function raiseVersion(tx: Tx, projectId: string, id: string, now: Date): Promise<void> {
  await run(RAISE_VERSION, [id, projectId, now], tx);
}

/** A no-op update: locks the row until the transaction ends. */
export async function lockIdentityRow(tx: Tx, projectId: string, id: string): Promise<void> {
  await run(LOCK, [id, projectId], tx);
}

/** True if the row had this version and was deleted; dependents are deleted with it. */
export async function deleteIdentityRow(tx: Tx, identity: Identity): Promise<boolean> {
  const { id, projectId, version } = identity;
  return (await run(DELETE, [id, projectId, version], tx)) === 1;
}

async function updateIdentifiers(tx: Tx, before: Identity, after: Identity): Promise<void> {
  const gone = before.identifiers.filter((value) => !after.identifiers.includes(value));
  for (const value of gone) await run(DELETE_IDENTIFIER, [before.id, value], tx);
  const added = after.identifiers.filter((value) => !before.identifiers.includes(value));
  if (added.length === 0) return;
  const rows = added.map((value) => toIdentifierRow(after, value));
  await mapUniqueViolation(() => insertMany(IDENTIFIERS, rows, tx));
  await refuseReserved(tx, before.projectId, added, before.id);
}

async function updateAddresses(tx: Tx, before: Identity, after: Identity): Promise<void> {
  const { id: identityId } = before;
  const keptIds = new Set([...after.verifiableAddresses, ...after.recoveryAddresses].map(({ id }) => id));
  const isGone = ({ id }: { id: string }) => !keptIds.has(id);
  for (const { id } of before.verifiableAddresses.filter(isGone)) await run(DELETE_VERIFIABLE, [id, identityId], tx);
  for (const { id } of before.recoveryAddresses.filter(isGone)) await run(DELETE_RECOVERY, [id, identityId], tx);
  for (const address of after.verifiableAddresses) {
    const known = before.verifiableAddresses.find(({ id }) => id === address.id);
    if (!known || (known.verified === address.verified && known.status === address.status)) continue;
    const { id, verified, verifiedAt, status, updatedAt } = address;
    await run(UPDATE_VERIFIABLE, [id, identityId, verified, verifiedAt, status, updatedAt], tx);
  }
  const isNew = (known: Array<{ id: string }>) => (address: { id: string }) =>
    !known.some(({ id }) => id === address.id);
  const verifiable = after.verifiableAddresses.filter(isNew(before.verifiableAddresses));
  const recovery = after.recoveryAddresses.filter(isNew(before.recoveryAddresses));
  if (verifiable.length + recovery.length === 0) return;
  const verifiableRows = verifiable.map((address) => toVerifiableRow(after, address));
  const recoveryRows = recovery.map((address) => toRecoveryRow(after, address));
  await insertCombined(ADDRESSES, [verifiableRows, recoveryRows], tx);
}

export const HANDLE_TAKEN = 'Another identity already uses the user handle of these passkeys';

async function mapUniqueViolation<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    if (isUniqueViolation(cause, 'externalId')) throw new AppError('external_id_taken', { cause });
    if (isUniqueViolation(cause, 'value')) throw new AppError('identifier_taken', { cause });
    if (isUniqueViolation(cause, 'userHandle')) throw new AppError('invalid_input', { reason: HANDLE_TAKEN, cause });
    throw cause;
  }
}
