/** JSON values and their operations, for pages, rules and repositories. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** The limit of a request body, and hence of one identity. */
export const MAX_JSON_BYTES = 1024 * 1024;
export const MAX_JSON_DEPTH = 64;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isContainer(value: Json | undefined): value is JsonObject | Json[] {
  return Array.isArray(value) || isJsonObject(value);
}

/** The nesting depth of objects and arrays. Iterative, so that no depth exhausts the stack. */
export function depthOf(value: Json): number {
  let depth = 0;
  for (let level = [value].filter(isContainer); level.length > 0; depth++) {
    level = level.flatMap((container) => Object.values(container)).filter(isContainer);
  }
  return depth;
}

/** Equal as JSON values: the order of keys does not matter, that of items does. */
export function isSameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => isSameJson(item, b[index]));
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSameJson(a[key], b[key]))
  );
}

/** The tokens of a JSON Pointer, unescaped (RFC 6901 §3, §4). */
export function pointerParts(pointer: string): string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

export function toPointer(parts: readonly PropertyKey[]): string {
  return parts.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The value at a path of object keys, or undefined. */
export function getAt(value: Json | undefined, path: readonly string[]): Json | undefined {
  let current = value;
  for (const part of path) {
    if (!isJsonObject(current) || !Object.hasOwn(current, part)) return undefined;
    current = current[part];
  }
  return current;
}

/**
 * A copy with the value at a path of object keys set, or removed when undefined; objects that become empty are removed,
 * too.
 */
export function setAt(value: JsonObject, path: readonly string[], item: Json | undefined): JsonObject {
  const [head, ...rest] = path;
  if (head === undefined) return value;
  const copy = { ...value };
  if (rest.length === 0) {
    if (item === undefined) delete copy[head];
    else copy[head] = item;
    return copy;
  }
  const child = copy[head];
  const next = setAt(isJsonObject(child) ? child : {}, rest, item);
  if (Object.keys(next).length === 0 && item === undefined) delete copy[head];
  else copy[head] = next;
  return copy;
}
