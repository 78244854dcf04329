import type { AuditEvent } from '@/lib/audit/model';
import { revertJson } from '@/lib/audit/model/revert';
import { fieldChangesOf, recordedLayout } from '@/lib/audit/model/undo';
import { getAt, isJsonObject, isSameJson, type JsonObject, pointerParts } from '@/lib/platform/json';
import type { Identity } from '../model';
import { jsonChanges } from './build-identity';

/** Schema and traits that the event of a move puts back. */
export type Restoration = Pick<Identity, 'schemaId' | 'schemaVersion' | 'traits'>;

/**
 * The state before a move, beside later changes of other fields; null if a field has another value than the move gave it,
 * or the event's values were blanked.
 */
export function restorationOf(event: AuditEvent, identity: Restoration): Restoration | null {
  const changes = fieldChangesOf(event);
  const document: JsonObject = {
    schema_id: identity.schemaId,
    schema_version: identity.schemaVersion,
    traits: identity.traits,
  };
  const fields = Object.entries(changes).filter(([pointer]) => Object.hasOwn(document, pointerParts(pointer)[0] ?? ''));
  if (fields.length === 0) return null;
  if (fields.some(([pointer, { after }]) => !isSameJson(getAt(document, pointerParts(pointer)) ?? null, after)))
    return null;
  const { traits } = revertJson({ traits: identity.traits }, traitChanges(changes), recordedLayout(event));
  const [schemaId, schemaVersion] = [changes['/schema_id']?.before, changes['/schema_version']?.before];
  return {
    schemaId: typeof schemaId === 'string' ? schemaId : identity.schemaId,
    schemaVersion: typeof schemaVersion === 'number' ? schemaVersion : identity.schemaVersion,
    traits: isJsonObject(traits) ? traits : {},
  };
}

function traitChanges(changes: Parameters<typeof jsonChanges>[0]) {
  return Object.fromEntries(Object.entries(jsonChanges(changes)).filter(([pointer]) => pointer.startsWith('/traits')));
}
