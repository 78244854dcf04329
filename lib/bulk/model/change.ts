import type { Identity, IdentityChange } from '@/lib/identity/model';
import { getAt, isJsonObject, isSameJson, type Json, type JsonObject, pointerParts, setAt } from '@/lib/platform/json';
import type { BulkRequest } from '../model';

const AREAS = ['traits', 'metadata_public', 'metadata_admin'] as const;
type Area = (typeof AREAS)[number];
const FIELDS = { traits: 'traits', metadata_public: 'metadataPublic', metadata_admin: 'metadataAdmin' } as const;

/** RFC 6901, in characters. */
const MAX_POINTER_LENGTH = 500;

/** Whether the pointer leads to a member below one of the areas. */
export function isBulkPointer(pointer: string): boolean {
  const [area, ...path] = pointerParts(pointer);
  return (
    pointer.startsWith('/') &&
    pointer.length <= MAX_POINTER_LENGTH &&
    AREAS.some((known) => known === area) &&
    path.length > 0 &&
    path.every((part) => part !== '' && part !== '__proto__')
  );
}

/** What an action changes in one identity. `blocked`: on the way to the field there is a value that has no members. */
export type Wanted = { type: 'unchanged' } | { type: 'change'; change: IdentityChange } | { type: 'blocked' };

export function wantedChange(request: BulkRequest, identity: Identity): Wanted {
  switch (request.kind) {
    case 'activate':
      return identity.state === 'active' ? UNCHANGED : { type: 'change', change: { state: 'active' } };
    case 'deactivate':
      return identity.state === 'inactive' ? UNCHANGED : { type: 'change', change: { state: 'inactive' } };
    case 'set_field':
      return wantedField(identity, request.pointer, request.value);
    case 'remove_field':
      return wantedField(identity, request.pointer, undefined);
    case 'move_schema':
      return identity.schemaId === request.schemaId
        ? UNCHANGED
        : { type: 'change', change: { schemaId: request.schemaId } };
    default:
      return UNCHANGED;
  }
}

const UNCHANGED: Wanted = { type: 'unchanged' };

function wantedField(identity: Identity, pointer: string, value: Json | undefined): Wanted {
  const [name, ...path] = pointerParts(pointer);
  const area = AREAS.find((known) => known === name);
  if (!area) return { type: 'blocked' };
  const document: Json = identity[FIELDS[area]] ?? {};
  if (!isJsonObject(document) || isBlocked(document, path))
    return value === undefined ? UNCHANGED : { type: 'blocked' };
  const current = getAt(document, path);
  if (value === undefined ? current === undefined : current !== undefined && isSameJson(current, value))
    return UNCHANGED;
  return { type: 'change', change: toChange(area, setAt(document, path, value)) };
}

function toChange(area: Area, document: JsonObject): IdentityChange {
  return { [FIELDS[area]]: document };
}

function isBlocked(document: JsonObject, path: string[]): boolean {
  return path.some((_, at) => {
    const above = getAt(document, path.slice(0, at));
    return above !== undefined && !isJsonObject(above);
  });
}
