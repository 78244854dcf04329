import {
  getAt,
  isJsonObject,
  isSameJson,
  type Json,
  type JsonObject,
  pointerParts,
  setAt,
  toPointer,
} from '@/lib/platform/json';
import type { FieldChanges } from '../model';

/**
 * What the before and after of fields do not say about a document before its change. With it, the change can be reverted
 * to the same bytes.
 */
export type Layout = {
  /** Members that were null; other members without a value were absent. */
  nulls?: string[];
  /** Objects without members; other objects that become empty were absent. */
  empty?: string[];
  /** The order of an object's keys. */
  order?: Record<string, string[]>;
  /** Lists whose items had their keys in another order. */
  lists?: Record<string, Json>;
  /** The version of a schema that was left for another one. */
  schemaVersion?: number;
};

type Known = Required<Omit<Layout, 'schemaVersion'>>;

/**
 * The document with each of these fields as before: a field that was added is removed, one that was removed is added.
 * Members of the document itself are never added or removed, but null.
 */
export function revertJson(document: JsonObject, changes: FieldChanges, layout: Layout = {}): JsonObject {
  const { nulls = [], empty = [], order = {}, lists = {} } = layout;
  const fields = Object.entries(changes);
  const wasThere = (pointer: string) =>
    changes[pointer]?.before !== null || nulls.includes(pointer) || pointerParts(pointer).length === 1;
  const filled = fields.filter(([pointer]) => wasThere(pointer));
  const absent = fields.filter(([pointer]) => !wasThere(pointer));
  let reverted = document;
  // Before the removals, which also remove an object that becomes empty.
  for (const [pointer, { before }] of filled) reverted = setAt(reverted, pointerParts(pointer), before);
  for (const [pointer] of absent) reverted = removeAt(reverted, pointerParts(pointer));
  for (const pointer of empty) {
    const path = pointerParts(pointer);
    if (getAt(reverted, path) === undefined) reverted = setAt(reverted, path, {});
  }
  for (const [pointer, list] of Object.entries(lists)) {
    const path = pointerParts(pointer);
    if (isSameJson(getAt(reverted, path), list)) reverted = setAt(reverted, path, list);
  }
  for (const [pointer, keys] of Object.entries(order)) reverted = orderAt(reverted, pointerParts(pointer), keys);
  return reverted;
}

/** The layout of `before` that reverting the changes of `after` does not restore by itself; null if there is none. */
export function layoutOf(before: JsonObject, after: JsonObject, changes: FieldChanges): Layout | null {
  const plain = revertJson(after, changes);
  if (JSON.stringify(plain) === JSON.stringify(before)) return null;
  const layout: Known = { nulls: [], empty: [], order: {}, lists: {} };
  compare(before, plain, [], layout);
  const parts = Object.entries(layout).filter(([, part]) => Object.keys(part).length > 0);
  return parts.length === 0 ? null : Object.fromEntries(parts);
}

function compare(before: Json | undefined, plain: Json | undefined, path: string[], layout: Known): void {
  const pointer = toPointer(path);
  if (!isJsonObject(before)) {
    if (before === null && plain === undefined) layout.nulls.push(pointer);
    if (Array.isArray(before) && JSON.stringify(before) !== JSON.stringify(plain)) layout.lists[pointer] = before;
    return;
  }
  const keys = Object.keys(before);
  if (plain === undefined && keys.length === 0) layout.empty.push(pointer);
  const found = isJsonObject(plain) ? plain : {};
  for (const key of keys)
    compare(before[key], Object.hasOwn(found, key) ? found[key] : undefined, [...path, key], layout);
  const foundKeys = Object.keys(found);
  const isSameOrder = foundKeys.length === keys.length && keys.every((key, index) => key === foundKeys[index]);
  if (!isSameOrder && keys.length > 1 && path.length > 0) layout.order[pointer] = keys;
}

/** As `setAt` without a value, for a path that may not exist. Members of the document stay. */
function removeAt(document: JsonObject, path: string[]): JsonObject {
  const [head = '', ...rest] = path;
  const member = document[head];
  if (!isJsonObject(member) || getAt(member, rest) === undefined) return document;
  return { ...document, [head]: setAt(member, rest, undefined) };
}

function orderAt(document: JsonObject, path: string[], keys: string[]): JsonObject {
  const found = getAt(document, path);
  if (!isJsonObject(found)) return document;
  const ordered = Object.fromEntries(inOrder(Object.keys(found), keys).map((key) => [key, found[key] ?? null]));
  return setAt(document, path, ordered);
}

/** Known keys in their former order; each later key stays behind the key that it follows now. */
function inOrder(present: string[], former: string[]): string[] {
  const [known, kept] = [new Set(former), new Set(present)];
  const ordered = former.filter((key) => kept.has(key));
  present.forEach((key, index) => {
    if (!known.has(key)) ordered.splice(index === 0 ? 0 : ordered.indexOf(present[index - 1] ?? '') + 1, 0, key);
  });
  return ordered;
}
