import { type AuditEvent, diffJson } from '@/lib/audit/model';
import { revertJson } from '@/lib/audit/model/revert';
import { type FieldChange, fieldChangesOf, findConflict, recordedLayout } from '@/lib/audit/model/undo';
import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError, type UndoConflict } from '@/lib/platform/errors';
import { getAt, isJsonObject, isSameJson, type Json, type JsonObject, pointerParts } from '@/lib/platform/json';
import { IDENTITY_STATES, type Identity, type IdentityChange } from '../model';
import { jsonChanges, jsonFields, versioned } from './build-identity';
import { changeIdentity } from './change';

/**
 * Restores the fields of an `identity.updated` event, as a new change by this actor, under the rules of any change. The
 * caller has locked the identity. `later`: the changes since that have not been undone.
 * Refuses: `undo_conflict`, `undo_impossible`, and as `changeIdentity`.
 */
export async function undoIdentityChange(
  tx: Tx,
  actor: Actor,
  identityId: string,
  event: AuditEvent,
  later: readonly FieldChange[],
): Promise<Identity> {
  const seen: { before: Identity | null } = { before: null };
  const change = (current: Identity): IdentityChange => {
    const conflicts = undoConflicts(current, event, later);
    if (conflicts.length > 0) throw undoConflict(conflicts);
    seen.before = current;
    return { ...restoredFields(current, event), undoes: event.id };
  };
  const after = await changeIdentity(actor, identityId, change, { tx });
  if (!seen.before || seen.before.version === after.version) throw new AppError('undo_impossible', UNCHANGED);
  requireOnlyThese(seen.before, after, event);
  return after;
}

const UNCHANGED = { undoObstacle: 'unchanged', reason: 'Every field already has the value it had before' } as const;

/** Refusal of an undo that would overwrite later changes. */
export function undoConflict(conflicts: UndoConflict[]): AppError {
  const [first] = conflicts;
  const cause = first?.eventId ? `the later event ${first.eventId}` : 'a later change';
  return new AppError('undo_conflict', {
    undoConflicts: conflicts,
    reason: `${first?.pointer || 'The identity'} was changed by ${cause}`,
  });
}

/** Fields of the event that a later change touched, or that have another value than the event left. */
function undoConflicts(current: Identity, event: AuditEvent, later: readonly FieldChange[]): UndoConflict[] {
  const document = versioned(current);
  return Object.entries(fieldChangesOf(event)).flatMap(([pointer, { before, after }]): UndoConflict[] => {
    if (isVerified(pointer) && before === null) return []; // ends with the address
    const now = getAt(document, pointerParts(pointer)) ?? null;
    const cause = findConflict(event, pointer, later);
    if (!cause && (isSameJson(now, after) || isSameJson(now, before))) return [];
    return [{ pointer, before, after, now, eventId: cause?.id ?? null }];
  });
}

/** The fields with their values from before the event. Addresses that return are unverified. */
function restoredFields(current: Identity, event: AuditEvent): IdentityChange {
  const changes = fieldChangesOf(event);
  const fields = jsonFields(current);
  const reverted = revertJson(fields, jsonChanges(changes), recordedLayout(event));
  const verified = Object.entries(changes).flatMap(([pointer, { before, after }]): Array<[string, boolean]> => {
    const [member, address] = pointerParts(pointer);
    if (member !== 'verified' || address === undefined || before === null || after === null) return [];
    return [[address, before === true]];
  });
  const isOther = (member: string) => JSON.stringify(reverted[member]) !== JSON.stringify(fields[member]);
  return {
    ...(isOther('traits') && { traits: objectOf(reverted.traits) }),
    ...(isOther('metadata_public') && { metadataPublic: reverted.metadata_public ?? null }),
    ...(isOther('metadata_admin') && { metadataAdmin: reverted.metadata_admin ?? null }),
    ...textFields(event),
    verified: Object.fromEntries(verified),
  };
}

/** The fields that are one value. */
function textFields(event: AuditEvent): IdentityChange {
  const changes = fieldChangesOf(event);
  const before = (pointer: string): Json | undefined => changes[pointer]?.before;
  const [schemaId, schemaVersion] = [
    before('/schema_id'),
    before('/schema_version') ?? recordedLayout(event).schemaVersion,
  ];
  const [state, externalId] = [IDENTITY_STATES.find((known) => known === before('/state')), before('/external_id')];
  return {
    ...(typeof schemaId === 'string' && { schemaId }),
    ...(typeof schemaVersion === 'number' && { schemaVersion }),
    ...(state && { state }),
    ...(externalId !== undefined && { externalId: typeof externalId === 'string' ? externalId : null }),
  };
}

/**
 * An event may describe a field that does not exist any more, such as a member of a value that is not an object now. Refuses:
 * `undo_impossible`, unless exactly its fields are as before.
 */
function requireOnlyThese(before: Identity, after: Identity, event: AuditEvent): void {
  const changes = fieldChangesOf(event);
  const document = versioned(after);
  const isRestored = Object.entries(changes).every(
    ([pointer, change]) =>
      isVerified(pointer) || isSameJson(getAt(document, pointerParts(pointer)) ?? null, change.before),
  );
  const others = Object.keys(diffJson(versioned(before), document)).filter(
    (pointer) => !isVerified(pointer) && !Object.hasOwn(changes, pointer) && pointer !== '/schema_version',
  );
  if (isRestored && others.length === 0) return;
  throw new AppError('undo_impossible', { undoObstacle: 'gone', reason: 'What this change concerns no longer exists' });
}

function isVerified(pointer: string): boolean {
  return pointer.startsWith('/verified/');
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
