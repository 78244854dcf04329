import { diffJson } from '@/lib/audit/model';
import { blankEvents, recordEvent } from '@/lib/audit/service';
import type { Locale } from '@/lib/i18n/model';
import { blankAnswers } from '@/lib/idempotency/service';
import type { Actor } from '@/lib/platform/actor';
import { LostRace, type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { isUuid } from '@/lib/platform/ids';
import { type IdentitySchema, identifierFieldsOf, identifierValues } from '@/lib/schema/model';
import { DEFAULT_SCHEMA_ID, getSchema, validateTraits } from '@/lib/schema/service';
import { applyIdentityPatch, type IdentityPatch } from './json-patch';
import {
  deriveAddresses,
  displacedAddresses,
  type Guard,
  guardOperators,
  holds,
  type Identity,
  type IdentityChange,
  normalizeAddress,
  type Preconditions,
} from './model';
import * as rows from './repository';
import { announceAddresses } from './service/announce';
import { type CreateIdentityInput, creationDetails, newIdentity, visible } from './service/build-identity';
import { endEmailChanges } from './service/email-change';

export {
  countBySchemaVersion,
  countIdentities,
  findByUserHandle,
  findHoldersOfIds,
  listAfter,
  listByOffset,
  type VersionCount,
} from './repository';
export type { CreateIdentityInput } from './service/build-identity';
export { describeDisplaced, listDisplacedIdentities } from './service/displaced';
export {
  endEmailChanges,
  findEmailChange,
  isAddressReserved,
  purgeEmailChanges,
  recordEmailChange,
  takeEmailChange,
} from './service/email-change';

/** What must hold of the identity as it stands when it is written, else `precondition_failed` (412). */
type Condition = Preconditions & {
  /** May refuse whom the actor must not reach. */
  guard?: Guard | undefined;
};

/** Null also for an id that is no UUID, and for another project's. */
export async function findIdentity(projectId: string, id: string, tx?: Tx): Promise<Identity | null> {
  const canonical = id.toLowerCase(); // RFC 9562 §4: read in any case
  return isUuid(canonical) ? rows.findIdentity(projectId, canonical, tx) : null;
}

/** Refuses: `not_found`. */
export async function getIdentity(projectId: string, id: string, tx?: Tx): Promise<Identity> {
  const identity = await findIdentity(projectId, id, tx);
  if (!identity) throw new AppError('not_found');
  return identity;
}

/** By the id that it has in another system. Refuses: `not_found`. */
export async function getIdentityByExternalId(projectId: string, externalId: string, tx?: Tx): Promise<Identity> {
  const identity = await rows.findByExternalId(projectId, externalId, tx);
  if (!identity) throw new AppError('not_found');
  return identity;
}

/** By what a person types to sign in, in any case. */
export async function findIdentityByIdentifier(projectId: string, address: string, tx?: Tx): Promise<Identity | null> {
  return rows.findByIdentifier(projectId, normalizeAddress(address), tx);
}

/** Creates an identity. Refuses: `unknown_schema`, `invalid_traits`, `identifier_taken`, `external_id_taken`. */
export async function createIdentity(actor: Actor, input: CreateIdentityInput, tx?: Tx): Promise<Identity> {
  const schema = await getSchema(actor.projectId, input.schemaId ?? DEFAULT_SCHEMA_ID, undefined, tx);
  validateTraits(schema, input.traits);
  const identity = newIdentity(actor.projectId, schema, input);
  const write = async (inside: Tx) => {
    await rows.insertIdentity(inside, identity);
    await recordEvent(inside, actor, {
      type: 'identity.created',
      identityId: identity.id,
      details: creationDetails(identity),
    });
    return identity;
  };
  return tx ? write(tx) : transaction(write);
}

/**
 * Changes an identity: `change` sees it as it is now and says what is to be different. Whoever writes at the same time is
 * noticed, and then `change` is asked again, on what the other one wrote. Nothing different: nothing is written.
 * Refuses: `not_found`, `precondition_failed`, `operator_protected`, `last_owner`, `unknown_schema`, `invalid_traits`,
 * `identifier_taken`, `external_id_taken`, and what `change` throws.
 */
export async function changeIdentity(
  actor: Actor,
  id: string,
  change: (current: Identity) => IdentityChange,
  condition: Condition = {},
  tx?: Tx,
): Promise<Identity> {
  const write = (inside: Tx) => changeOnce(inside, actor, id, change, condition);
  return tx ? write(tx) : transaction(write);
}

/** Changes an identity by JSON Patch, all or nothing. Refuses as `changeIdentity`; `patch_test_failed`, `invalid_input`. */
export async function patchIdentity(
  actor: Actor,
  id: string,
  operations: IdentityPatch,
  condition: Condition = {},
): Promise<Identity> {
  return changeIdentity(actor, id, (current) => applyIdentityPatch(current, operations), condition);
}

/** Erases an identity with all that hangs on it; its audit events stay, without their values. Refuses as `changeIdentity`. */
export async function deleteIdentity(actor: Actor, id: string, condition: Condition = {}, tx?: Tx): Promise<void> {
  const write = async (inside: Tx) => {
    const current = await getForWrite(inside, actor, id, condition);
    await guardLastOwner(inside, current);
    if (!(await rows.deleteIdentityRow(inside, current))) throw new LostRace();
    await blankEvents(inside, actor.projectId, current.id);
    await blankAnswers(inside, actor.projectId, current.id);
    // Who erases themself leaves no address behind either.
    const by = actor.id === current.id ? { ...actor, address: null } : actor;
    await recordEvent(inside, by, { type: 'identity.deleted', identityId: current.id });
  };
  await (tx ? write(tx) : transaction(write));
}

/** Somebody proved that the mailbox is theirs. */
export async function markAddressVerified(tx: Tx, actor: Actor, identityId: string, address: string): Promise<void> {
  await changeIdentity(actor, identityId, () => ({ verified: { [normalizeAddress(address)]: true } }), {}, tx);
}

/**
 * Keeps the language a person chose. It is theirs and nothing that clients see, so version, ETag and audit log stay as they
 * are: a program's `If-Match` is not refused because somebody reads another language.
 */
export async function rememberLocale({ projectId, id }: Identity, locale: Locale): Promise<void> {
  await rows.updateLocale(projectId, id, locale);
}

/** What hangs on the identity has changed visibly (a passkey came, was renamed, went): a new version, hence a new ETag. */
export async function touchIdentity(tx: Tx, projectId: string, id: string): Promise<void> {
  await rows.raiseVersion(tx, projectId, id, new Date());
}

/** Makes whoever writes to the identity at the same time wait for this transaction, or this one for theirs. Changes nothing. */
export async function lockIdentity(tx: Tx, projectId: string, id: string): Promise<void> {
  await rows.lockIdentityRow(tx, projectId, id.toLowerCase());
}

async function changeOnce(
  tx: Tx,
  actor: Actor,
  id: string,
  change: (current: Identity) => IdentityChange,
  condition: Condition,
): Promise<Identity> {
  const before = await getForWrite(tx, actor, id, condition);
  const wanted = change(before);
  const after = await applied(tx, before, wanted);
  const changes = diffJson(visible(before), visible(after));
  const isVisible = Object.keys(changes).length > 0;
  if (!isVisible && !wanted.isRevoked) return before;
  if (after.state === 'inactive' && before.state === 'active') await guardLastOwner(tx, before);
  if (!(await rows.updateIdentity(tx, before, after))) throw new LostRace();
  if (isVisible)
    await recordEvent(tx, actor, { type: 'identity.updated', identityId: before.id, details: { changes } });
  if (after.state === 'inactive') await endEmailChanges(tx, before.projectId, before.id);
  if (!wanted.isAnnounced) await announceAddresses(tx, actor, before, after);
  return after;
}

/** The identity as the change would leave it. */
async function applied(tx: Tx, before: Identity, wanted: IdentityChange): Promise<Identity> {
  const now = new Date();
  const isOtherSchema = wanted.schemaId !== undefined && wanted.schemaId !== before.schemaId;
  const schema = isOtherSchema
    ? await getSchema(before.projectId, wanted.schemaId ?? before.schemaId, undefined, tx)
    : await getSchema(before.projectId, before.schemaId, before.schemaVersion, tx);
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
      await stillDisplaced(tx, before),
    ),
  };
}

/** A schema in which the one trait that an operator signs in with does not identify would lock them out. Refuses: `invalid_traits`. */
function guardIdentifier({ document }: IdentitySchema, { identifierPointer: pointer }: Identity): void {
  if (pointer === null || identifierFieldsOf(document, pointer).length > 0) return;
  const message = 'must be an identifier, as this identity signs in with it alone';
  throw new AppError('invalid_traits', { reason: `${pointer}: ${message}`, violations: [{ pointer, message }] });
}

/** Once the other identity is gone or has another address, this one takes it up again. */
async function stillDisplaced(tx: Tx, identity: Identity): Promise<string[]> {
  const identifiers = displacedAddresses(identity);
  if (identifiers.length === 0) return [];
  return (await rows.findTaken(tx, identity.projectId, { identifiers, externalIds: [], userHandles: [] })).identifiers;
}

/** The identity to be written, once it may be: it exists, is of the expected version, and this actor may touch it. */
async function getForWrite(
  tx: Tx,
  actor: Actor,
  id: string,
  { guard, ...preconditions }: Condition,
): Promise<Identity> {
  const current = await getIdentity(actor.projectId, id, tx);
  if (!holds(preconditions, current)) throw new AppError('precondition_failed');
  guardOperators(actor, current);
  guard?.(current);
  return current;
}

/** On every path: an organization keeps an active owner. Refuses: `last_owner`. */
async function guardLastOwner(tx: Tx, identity: Identity): Promise<void> {
  for (const { organizationId, role } of identity.operatorRoles) {
    if (role === 'owner' && (await rows.countOtherOwners(tx, organizationId, identity.id)) === 0)
      throw new AppError('last_owner');
  }
}
