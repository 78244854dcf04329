import { toPointer } from '@/lib/platform/json';
import type { AuditEvent, AuditEventType, FieldChanges } from '../model';
import type { Layout } from './revert';

/** Events that change fields of an identity, or what it owns. */
export const FIELD_CHANGE_TYPES = [
  'identity.updated',
  'identity.deleted',
  'identity.restored',
  'passkey.renamed',
  'passkey.added',
  'passkey.deleted',
] as const satisfies readonly AuditEventType[];

/** What decides whether an earlier change of the same identity can be undone. */
export type FieldChange = Pick<AuditEvent, 'id' | 'type' | 'details'> & Partial<Pick<AuditEvent, 'jobId'>>;

/** The fields that an event changed; empty if it recorded none, or they were erased. */
export function fieldChangesOf({ details }: Pick<AuditEvent, 'details'>): FieldChanges {
  const { changes } = details;
  return typeof changes === 'object' && changes !== null ? (changes as FieldChanges) : {};
}

/** The layout recorded with the fields (`layoutOf`). */
export function recordedLayout({ details }: Pick<AuditEvent, 'details'>): Layout {
  const { layout } = details;
  return typeof layout === 'object' && layout !== null ? (layout as Layout) : {};
}

/** The event that this one undid, or null. */
export function undoneEventOf({ details }: Pick<AuditEvent, 'details'>): string | null {
  return typeof details.undoes === 'string' ? details.undoes : null;
}

/**
 * Leaves out changes that were undone, with their undo: together they changed nothing. An undo that was undone itself
 * does not count. Newest first.
 */
export function withoutUndone(changes: readonly FieldChange[]): {
  remaining: FieldChange[];
  undoneBy: ReadonlyMap<string, FieldChange>;
} {
  const known = new Set(changes.map(({ id }) => id));
  const undoneBy = new Map<string, FieldChange>();
  const remaining: FieldChange[] = [];
  for (const change of changes) {
    if (undoneBy.has(change.id)) continue;
    const undone = undoneEventOf(change);
    // The undo of an event before these is a change like any other.
    if (undone !== null && known.has(undone)) undoneBy.set(undone, change);
    else remaining.push(change);
  }
  return { remaining, undoneBy };
}

/** JSON Pointers of what an event changed. Creation counts for every field. */
export function changedPointers(event: FieldChange): string[] {
  const { type, details } = event;
  if (type === 'identity.created') return [''];
  if (type === 'identity.updated' || type === 'identity.restored') return Object.keys(fieldChangesOf(event));
  const passkey = toPointer(['passkeys', String(details.passkey_id)]);
  if (type === 'passkey.renamed') return [`${passkey}/name`];
  return type === 'passkey.added' || type === 'passkey.deleted' ? [passkey] : [];
}

/** The first of these changes that touched a field of the event, or undefined. */
export function findConflict(
  event: FieldChange,
  pointer: string,
  changes: readonly FieldChange[],
): FieldChange | undefined {
  // Whether an address is verified ends with the address that the event added.
  if (pointer.startsWith('/verified/') && fieldChangesOf(event)[pointer]?.before === null) return undefined;
  return changes.find((change) => changedPointers(change).some((other) => isSameField(pointer, other)));
}

/** Whether one of these JSON Pointers is the other, or leads to it. A schema and its version are one field. */
function isSameField(one: string, other: string): boolean {
  const [left, right] = [one, other].map((pointer) => pointer.replace(/^\/schema_version$/, '/schema_id'));
  return left === right || `${left}`.startsWith(`${right}/`) || `${right}`.startsWith(`${left}/`);
}
