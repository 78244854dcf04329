/**
 * Whether a text can be stored and answered as it is: PostgreSQL keeps no NUL, and half of a surrogate pair is no UTF-8. The
 * edges ask it of everything that comes from outside.
 */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

type Place = { parent: Place | null; key: PropertyKey; item: object };

/**
 * Where in a value from outside a text that cannot be stored stands, a value or a name: the keys that lead to it, or null.
 * Without recursion and each object once, as a server action may be sent any depth, and circles.
 */
export function findUnstorableText(value: unknown): PropertyKey[] | null {
  if (isUnstorable(value)) return [];
  if (!isObject(value)) return null;
  const seen = new Set<object>([value]);
  const open: Place[] = [{ parent: null, key: '', item: value }];
  for (let place = open.pop(); place; place = open.pop()) {
    for (const [key, child] of entriesOf(place.item)) {
      if ([key, child].some(isUnstorable)) return [...keysTo(place), key];
      if (!isObject(child) || seen.has(child)) continue;
      seen.add(child);
      open.push({ parent: place, key, item: child });
    }
  }
  return null;
}

/** At most so many UTF-16 units, without cutting a character in two. */
export function truncateText(text: string, most: number): string {
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}

/** At most so many bytes of UTF-8, without cutting a character in two. */
export function truncateBytes(text: string, most: number): string {
  return text.slice(0, new TextEncoder().encodeInto(text, new Uint8Array(most)).read);
}

function isUnstorable(value: unknown): boolean {
  return typeof value === 'string' && !isStorableText(value);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function entriesOf(item: object): Iterable<[string | number, unknown]> {
  if (Array.isArray(item)) return item.entries();
  return ArrayBuffer.isView(item) ? [] : Object.entries(item);
}

function keysTo(place: Place): PropertyKey[] {
  const keys: PropertyKey[] = [];
  for (let at = place; at.parent; at = at.parent) keys.push(at.key);
  return keys.reverse();
}
