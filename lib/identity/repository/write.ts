import { db } from '@/lib/platform/db/client';
import { insertInto, insertMany } from '@/lib/platform/db/insert-many';
import type { Tx } from '@/lib/platform/db/transaction';
import { isUniqueViolation } from '@/lib/platform/db/violations';
import { AppError } from '@/lib/platform/errors';
import type { Identity } from '../model';
import { refuseReserved } from './email-change';
import { toIdentifierRow, toRecoveryRow, toRow, toVerifiableRow } from './row';

/** Refuses: `identifier_taken`, `external_id_taken`, as the unique indexes decide. */
export async function insertIdentity(tx: Tx, identity: Identity): Promise<void> {
  await insertIdentities(tx, [identity]);
}

const IDENTITIES = insertInto('Identity', [
  ...(['id', 'projectId', 'schemaId', 'schemaVersion', 'state', 'stateChangedAt', 'traits'] as const),
  ...(['metadataPublic', 'metadataAdmin', 'externalId', 'searchText', 'sortName', 'userHandle', 'locale'] as const),
  ...(['revocationEpoch', 'identifierPointer', 'version', 'createdAt', 'updatedAt'] as const),
]);
const IDENTIFIERS = insertInto('Identifier', ['id', 'projectId', 'identityId', 'value', 'createdAt']);
const VERIFIABLE = insertInto('VerifiableAddress', [
  ...(['id', 'projectId', 'identityId', 'value', 'via', 'status', 'verified', 'verifiedAt'] as const),
  ...(['createdAt', 'updatedAt'] as const),
]);
const RECOVERY = insertInto('RecoveryAddress', [
  ...(['id', 'projectId', 'identityId', 'value', 'via', 'createdAt', 'updatedAt'] as const),
]);

/** All or none, of one project. Refuses as `insertIdentity`. */
export async function insertIdentities(tx: Tx, identities: Identity[]): Promise<void> {
  const data = identities.map((identity) => {
    const { id, projectId, createdAt, locale, version } = identity;
    return { id, projectId, createdAt, ...toRow(identity), locale, version };
  });
  const owned = <T>(rowsOf: (identity: Identity) => T[]) => identities.flatMap(rowsOf);
  const identifiers = owned((one) => one.identifiers.map((value) => toIdentifierRow(one, value)));
  await mapUniqueViolation(() => insertMany(IDENTITIES, data, tx));
  await mapUniqueViolation(() => insertMany(IDENTIFIERS, identifiers, tx));
  const [{ projectId } = { projectId: '' }] = identities;
  const addresses = identifiers.map(({ value }) => value);
  await refuseReserved(tx, projectId, addresses, null);
  const verifiable = owned((one) => one.verifiableAddresses.map((address) => toVerifiableRow(one, address)));
  await insertMany(VERIFIABLE, verifiable, tx);
  const recovery = owned((one) => one.recoveryAddresses.map((address) => toRecoveryRow(one, address)));
  await insertMany(RECOVERY, recovery, tx);
}

/**
 * Writes an identity with its identifiers and addresses if its version is unchanged.
 * False after a concurrent update. Refuses: `identifier_taken`, `external_id_taken`.
 */
export async function updateIdentity(tx: Tx, before: Identity, after: Identity): Promise<boolean> {
  const { count } = await mapUniqueViolation(() =>
    tx.identity.updateMany({
      where: { id: before.id, projectId: before.projectId, version: before.version },
      data: { ...toRow(after), version: after.version },
    }),
  );
  if (count === 0) return false;
  await updateIdentifiers(tx, before, after);
  await updateAddresses(tx, before, after);
  return true;
}

/** Independent of concurrent changes: keeps the version, and no change writes this column. */
export async function updateLocale(projectId: string, id: string, locale: string): Promise<void> {
  await (await db()).identity.updateMany({ where: { id, projectId }, data: { locale } });
}

/** Raises version and updated_at for a change of a dependant, such as a passkey. */
export async function raiseVersion(tx: Tx, projectId: string, id: string, now: Date): Promise<void> {
  await tx.identity.updateMany({ where: { id, projectId }, data: { version: { increment: 1 }, updatedAt: now } });
}

/** A no-op update: locks the row until the transaction ends. */
export async function lockIdentityRow(tx: Tx, projectId: string, id: string): Promise<void> {
  await tx.identity.updateMany({ where: { id, projectId }, data: { id } });
}

/** True if the row had this version and was deleted; dependents are deleted with it. */
export async function deleteIdentityRow(tx: Tx, identity: Identity): Promise<boolean> {
  const { id, projectId, version } = identity;
  return (await tx.identity.deleteMany({ where: { id, projectId, version } })).count === 1;
}

async function updateIdentifiers(tx: Tx, before: Identity, after: Identity): Promise<void> {
  const gone = before.identifiers.filter((value) => !after.identifiers.includes(value));
  if (gone.length > 0) await tx.identifier.deleteMany({ where: { identityId: before.id, value: { in: gone } } });
  const added = after.identifiers.filter((value) => !before.identifiers.includes(value));
  for (const value of added)
    await mapUniqueViolation(() => tx.identifier.create({ data: toIdentifierRow(after, value) }));
  await refuseReserved(tx, before.projectId, added, before.id);
}

async function updateAddresses(tx: Tx, before: Identity, after: Identity): Promise<void> {
  const { id: identityId } = before;
  const keptIds = new Set([...after.verifiableAddresses, ...after.recoveryAddresses].map(({ id }) => id));
  const goneIds = [...before.verifiableAddresses, ...before.recoveryAddresses]
    .map(({ id }) => id)
    .filter((id) => !keptIds.has(id));
  if (goneIds.length > 0) {
    await tx.verifiableAddress.deleteMany({ where: { identityId, id: { in: goneIds } } });
    await tx.recoveryAddress.deleteMany({ where: { identityId, id: { in: goneIds } } });
  }
  for (const address of after.verifiableAddresses) {
    const known = before.verifiableAddresses.find(({ id }) => id === address.id);
    if (!known) await tx.verifiableAddress.create({ data: toVerifiableRow(after, address) });
    else if (known.verified !== address.verified || known.status !== address.status) {
      const { verified, verifiedAt, status, updatedAt } = address;
      await tx.verifiableAddress.updateMany({
        where: { id: address.id, identityId },
        data: { verified, verifiedAt, status, updatedAt },
      });
    }
  }
  for (const address of after.recoveryAddresses) {
    if (before.recoveryAddresses.some(({ id }) => id === address.id)) continue;
    await tx.recoveryAddress.create({ data: toRecoveryRow(after, address) });
  }
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
