import { endOfIdentity } from '@/lib/application-session/service';
import { diffJson, type FieldChanges } from '@/lib/audit/model';
import { type Layout, layoutOf } from '@/lib/audit/model/revert';
import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { normalizeAddress } from '@/lib/platform/address';
import { ConcurrentUpdateError, type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { guardLastOwner } from '@/lib/role/service';
import { type IdentitySchema, identifierFieldsOf, identifierValues } from '@/lib/schema/model';
import { getSchema, validateTraits } from '@/lib/schema/service';
import { applyIdentityPatch, type IdentityPatch } from '../json-patch';
import { displacedAddresses, type Identity, type IdentityChange } from '../model';
import * as rows from '../repository';
import { announceAddresses } from './announce';
import { jsonChanges, jsonFields, versioned } from './build-identity';
import { getIdentityForWrite, type WriteCondition, type WriteOptions } from './condition';
import { deriveAddresses } from './derive-addresses';
import { endEmailChanges } from './email-change';
import { refuseTaken } from './taken';

/**
 * Changes an identity: `change` receives the current state and returns the fields to change. On a concurrent update,
 * `change` is re-run on the new state. An empty change writes nothing.
 * Refuses: `not_found`, `precondition_failed`, `operator_protected`, `last_owner`, `unknown_schema`, `invalid_traits`,
 * `identifier_taken`, `external_id_taken`, and what `change` throws.
 */
export async function changeIdentity(
  actor: Actor,
  id: string,
  change: (current: Identity) => IdentityChange,
  { tx: outer, ...condition }: WriteOptions = {},
): Promise<Identity> {
  return transaction((tx) => changeOnce(tx, actor, id, change, condition), outer);
}

/** Changes an identity by JSON Patch, atomically. Refuses as `changeIdentity`; `patch_test_failed`, `invalid_input`. */
export async function patchIdentity(
  actor: Actor,
  id: string,
  operations: IdentityPatch,
  options: WriteOptions = {},
): Promise<Identity> {
  return changeIdentity(actor, id, (current) => applyIdentityPatch(current, operations), options);
}

/** Marks a mailbox as proven. */
export async function markAddressVerified(tx: Tx, actor: Actor, identityId: string, address: string): Promise<void> {
  await changeIdentity(actor, identityId, () => ({ verified: { [normalizeAddress(address)]: true } }), { tx });
}

async function changeOnce(
  tx: Tx,
  actor: Actor,
  id: string,
  change: (current: Identity) => IdentityChange,
  condition: WriteCondition,
): Promise<Identity> {
  const before = await getIdentityForWrite(tx, actor, id, condition);
  const wanted = change(before);
  const after = await applyChange(tx, before, wanted);
  const changes = diffJson(versioned(before), versioned(after));
  const isVisible = Object.keys(changes).length > 0;
  if (!isVisible && !wanted.isRevoked) return before;
  if (after.state === 'inactive' && before.state === 'active')
    await guardLastOwner(tx, before.id, before.operatorRoles);
  if (wanted.undoes) await refuseTaken(tx, before, after);
  if (!(await rows.updateIdentity(tx, before, after))) throw new ConcurrentUpdateError();
  if (isVisible) {
    const details = detailsOfChange(before, after, changes, wanted);
    await recordEvent(tx, actor, { type: 'identity.updated', identityId: before.id, details });
  }
  if (after.revocationEpoch !== before.revocationEpoch) await endOfIdentity(tx, before);
  if (after.state === 'inactive') await endEmailChanges(tx, before.projectId, before.id);
  if (!wanted.isAnnounced) await announceAddresses(tx, actor, before, after);
  return after;
}

/** What an event records of a change: enough to undo it to the same bytes. */
export function detailsOfChange(
  before: Identity,
  after: Identity,
  changes: FieldChanges,
  { undoes, isRevoked }: IdentityChange,
): Record<string, unknown> {
  const layout: Layout = {
    ...layoutOf(jsonFields(before), jsonFields(after), jsonChanges(changes)),
    ...(before.schemaId !== after.schemaId && { schemaVersion: before.schemaVersion }),
  };
  return {
    changes,
    ...(Object.keys(layout).length > 0 && { layout }),
    ...(undoes && { undoes }),
    ...(isRevoked && { revoked: true }),
  };
}

/** The identity after the change. Refuses: `unknown_schema`, `invalid_traits`. */
export async function applyChange(tx: Tx, before: Identity, wanted: IdentityChange): Promise<Identity> {
  const now = new Date();
  const { schemaId = before.schemaId, schemaVersion } = wanted;
  const isOtherSchema =
    schemaId !== before.schemaId || (schemaVersion !== undefined && schemaVersion !== before.schemaVersion);
  const version = isOtherSchema ? schemaVersion : before.schemaVersion;
  const schema = await getSchema(before.projectId, schemaId, version, tx);
  const traits = wanted.traits ?? before.traits;
  if (wanted.traits || isOtherSchema) validateTraits(schema, traits, before.traits);
  if (isOtherSchema) guardIdentifier(schema, before);
  const state = wanted.state ?? before.state;
  const isDeactivated = state === 'inactive' && before.state === 'active';
  return {
    ...before,
    schemaId: schema.schemaId,
    schemaVersion: schema.version,
    traits,
    state,
    stateChangedAt: state === before.state ? before.stateChangedAt : now,
    revocationEpoch: before.revocationEpoch + (isDeactivated || wanted.isRevoked ? 1 : 0),
    metadataPublic: wanted.metadataPublic === undefined ? before.metadataPublic : wanted.metadataPublic,
    metadataAdmin: wanted.metadataAdmin === undefined ? before.metadataAdmin : wanted.metadataAdmin,
    externalId: wanted.externalId === undefined ? before.externalId : wanted.externalId,
    version: before.version + 1,
    updatedAt: now,
    ...deriveAddresses(
      identifierValues(schema.document, traits, before.identifierPointer),
      before,
      wanted.verified ?? {},
      now,
      await displacedByOthers(tx, before),
    ),
  };
}

/**
 * Prevents a schema under which an operator's only sign-in trait does not identify: it would lock them out. Refuses:
 * `invalid_traits`.
 */
export function guardIdentifier({ document }: IdentitySchema, { identifierPointer: pointer }: Identity): void {
  if (pointer === null || identifierFieldsOf(document, pointer).length > 0) return;
  const message = 'must be an identifier, as this identity signs in with it alone';
  throw new AppError('invalid_traits', { reason: `${pointer}: ${message}`, violations: [{ pointer, message }] });
}

/** Reclaims a displaced address once the other identity is deleted or has another address. */
export async function displacedByOthers(tx: Tx, identity: Identity): Promise<string[]> {
  const identifiers = displacedAddresses(identity);
  if (identifiers.length === 0) return [];
  return (await rows.findTaken(tx, identity.projectId, { identifiers, externalIds: [], userHandles: [] })).identifiers;
}
