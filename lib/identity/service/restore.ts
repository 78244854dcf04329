import { diffJson, type FieldChanges } from '@/lib/audit/model';
import { type EventRecord, recordEvents } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { normalizeAddress } from '@/lib/platform/address';
import { ConcurrentUpdateError, type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError, isAppError, type Violation } from '@/lib/platform/errors';
import { checkInput } from '@/lib/platform/input';
import { getAt, type Json } from '@/lib/platform/json';
import { randomToken } from '@/lib/platform/secret';
import { identifierFieldsOf } from '@/lib/schema/model';
import { getSchema } from '@/lib/schema/service';
import { applyIdentityPatch, identityPatchBody } from '../json-patch';
import type { Identity, IdentityChange } from '../model';
import { PASSKEYS_POINTER, passkeyPointer, type RestoreChanges, type RestoreObstacle } from '../model/deleted';
import * as rows from '../repository';
import { findRegistered, type KeptPasskey, restorePasskeys, toKeptPasskeys } from '../repository/kept-passkeys';
import * as bin from '../repository/recycle-bin';
import { visible } from './build-identity';
import { applyChange, detailsOfChange } from './change';
import { requireCondition, type WriteOptions } from './condition';
import { canonicalId } from './get';

/** `undoes`: ID of the event that this undoes. */
export type RestoreOptions = WriteOptions & { changes?: RestoreChanges | undefined; undoes?: string | undefined };

/**
 * Restores an identity from the recycle bin with its ID, addresses and passkeys. Its epoch is raised: sessions, codes
 * and links stay revoked, and roles stay removed. Preconditions compare the version it was deleted at.
 * Refuses: `not_found`, `precondition_failed`, `operator_protected` if it held a role, what `guard` throws,
 * `invalid_input` and `invalid_traits` for `changes`, and `restore_conflict` with a violation per obstacle, whose
 * pointer is a key of `changes` that removes it.
 */
export async function restoreIdentity(
  actor: Actor,
  id: string,
  { tx: outer, changes = {}, undoes, ...condition }: RestoreOptions = {},
): Promise<Identity> {
  return transaction(async (tx) => {
    const canonical = canonicalId(id) ?? '';
    // Of several restorations, one continues; the others find nothing then, rather than the restored identity.
    const isThere = await bin.lockDeleted(tx, actor.projectId, canonical);
    const deleted = isThere ? await bin.findDeleted(actor.projectId, canonical, tx) : null;
    if (!deleted) throw new AppError('not_found');
    requireCondition(actor, deleted.identity, condition);
    const before: Identity = { ...deleted.identity, operatorRoles: [] };
    const kept = toKeptPasskeys(deleted.passkeys);
    const passkeys = withoutOmitted(kept, changes);
    const wanted = await changedIdentity(tx, before, changes);
    const restored = {
      ...wanted,
      revocationEpoch: before.revocationEpoch + 1,
      userHandle: changes[PASSKEYS_POINTER] === null ? randomToken(32) : before.userHandle,
      passkeyCount: passkeys.length,
    };
    const obstacles = await findObstacles(tx, restored, passkeys);
    if (obstacles.length > 0) throw restoreConflict(obstacles);
    if (!(await bin.takeDeleted(tx, deleted))) throw new ConcurrentUpdateError();
    await insert(tx, restored, passkeys);
    const details = {
      ...(undoes !== undefined && { undoes }),
      ...(passkeys.length < kept.length && { omitted_passkeys: kept.length - passkeys.length }),
    };
    const changed = diffJson(visible(before), visible(restored));
    const isChanged = Object.keys(changed).length > 0;
    await recordEvents(tx, actor, [
      { type: 'identity.restored', identityId: before.id, details },
      ...(isChanged ? [updateOf(before, restored, changed)] : []),
    ]);
    return restored;
  }, outer);
}

/** What was restored differently is a change of its own, which can be undone. */
function updateOf(before: Identity, after: Identity, changes: FieldChanges): EventRecord {
  const details = detailsOfChange(before, after, changes, {});
  return { type: 'identity.updated', identityId: before.id, details };
}

/** A key may have been taken since the obstacles were read: the retry finds it among them. */
async function insert(tx: Tx, identity: Identity, passkeys: KeptPasskey[]): Promise<void> {
  try {
    await rows.insertIdentity(tx, identity);
    await restorePasskeys(tx, passkeys);
  } catch (error) {
    throw isAppError(error) ? new ConcurrentUpdateError() : error;
  }
  if (identity.signedInAt) await rows.updateSignedInAt(tx, identity.projectId, identity.id, identity.signedInAt);
}

function withoutOmitted(passkeys: KeptPasskey[], changes: RestoreChanges): KeptPasskey[] {
  const isOmitted = (pointer: string) => changes[pointer] === null;
  if (isOmitted(PASSKEYS_POINTER)) return [];
  return passkeys.filter(({ credentialId }) => !isOmitted(passkeyPointer(credentialId)));
}

/** Refuses: `invalid_input`, `invalid_traits`, `unknown_schema`, `restore_conflict` if its schema was removed. */
async function changedIdentity(tx: Tx, before: Identity, changes: RestoreChanges): Promise<Identity> {
  const wanted = toChange(before, changes);
  try {
    return await applyChange(tx, before, wanted);
  } catch (error) {
    if (!isAppError(error) || error.code !== 'unknown_schema' || '/schema_id' in changes) throw error;
    throw restoreConflict([obstacle('/schema_id', 'unknown_schema', before.schemaId)]);
  }
}

/** Refuses: `invalid_input`. */
function toChange(before: Identity, changes: RestoreChanges): IdentityChange {
  const fields = Object.entries(changes).filter(([pointer, value]) => !isOmission(pointer, value));
  if (fields.length === 0) return {};
  const operations = fields.map(([path, value]) =>
    value === null && path.startsWith('/traits/') ? { op: 'remove', path } : { op: 'add', path, value },
  );
  const checked = checkInput(identityPatchBody, operations);
  if (checked.ok) return applyIdentityPatch(before, checked.data);
  const violations = checked.violations.map(({ message }, at) => ({ pointer: fields[at]?.[0] ?? '', message }));
  throw new AppError('invalid_input', { reason: `changes: ${checked.violations[0].message}`, violations });
}

function isOmission(pointer: string, value: Json): boolean {
  return value === null && (pointer === PASSKEYS_POINTER || pointer.startsWith(`${PASSKEYS_POINTER}/`));
}

/** What prevents this identity from being inserted as it is. */
async function findObstacles(tx: Tx, identity: Identity, passkeys: KeptPasskey[]): Promise<Violation[]> {
  const { id, projectId, identifiers, externalId, userHandle } = identity;
  const taken = await rows.findTaken(tx, projectId, {
    identifiers,
    externalIds: externalId === null ? [] : [externalId],
    userHandles: [userHandle],
  });
  const registered = await findRegistered(tx, passkeys);
  const holders = await rows.findHoldersOfIds([id]);
  const obstacles: Violation[] = [];
  if (holders.has(id)) obstacles.push(obstacle('/id', 'id_taken', id));
  if (taken.identifiers.length > 0) obstacles.push(...(await takenIdentifiers(tx, identity, taken.identifiers)));
  if (taken.externalIds.length > 0) obstacles.push(obstacle('/external_id', 'external_id_taken', externalId));
  if (taken.userHandles.length > 0) obstacles.push(obstacle(PASSKEYS_POINTER, 'user_handle_taken', null));
  for (const { credentialId, name } of passkeys)
    if (registered.has(credentialId))
      obstacles.push(obstacle(passkeyPointer(credentialId), 'passkey_already_registered', name));
  return obstacles;
}

async function takenIdentifiers(tx: Tx, identity: Identity, taken: string[]): Promise<Violation[]> {
  const { projectId, schemaId, schemaVersion, traits, identifierPointer } = identity;
  const { document } = await getSchema(projectId, schemaId, schemaVersion, tx);
  return identifierFieldsOf(document, identifierPointer).flatMap(({ pointer, path }) => {
    const value = getAt(traits, path);
    return typeof value === 'string' && taken.includes(normalizeAddress(value))
      ? [obstacle(pointer, 'identifier_taken', value)]
      : [];
  });
}

const MESSAGES: Record<RestoreObstacle, string> = {
  identifier_taken: 'is used by another identity',
  external_id_taken: 'is used by another identity',
  unknown_schema: 'was removed',
  passkey_already_registered: 'is registered for another identity',
  user_handle_taken: 'belong to another identity',
  id_taken: 'is used by another identity',
};

function obstacle(pointer: string, keyword: RestoreObstacle, value: Json): Violation {
  return { pointer, message: MESSAGES[keyword], keyword, params: { value } };
}

function restoreConflict(violations: Violation[]): AppError {
  const reason = violations.map(({ pointer, message }) => `${pointer} ${message}`).join('; ');
  return new AppError('restore_conflict', { reason, violations });
}
