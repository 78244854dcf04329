'use client';

/** Deletions that this tab can still undo: a reload offers them again. */
export type Undoable = { id: string; name: string /** Unix time in milliseconds. */; until: number };

const KEY = 'signet.undoable-passkeys';

export function rememberUndoable(one: Undoable): void {
  offered.add(one.id);
  write([...readUndoable(Date.now()).filter(({ id }) => id !== one.id), one]);
}

export function forgetUndoable(id: string): void {
  write(readUndoable(0).filter((one) => one.id !== id));
}

/** IDs of deletions that this page has offered to undo since it was loaded. */
const offered = new Set<string>();

/** Those of before a reload. Each is returned once. */
export function takeUndoable(): Undoable[] {
  const found = readUndoable(Date.now()).filter(({ id }) => !offered.has(id));
  for (const { id } of found) offered.add(id);
  return found;
}

function readUndoable(now: number): Undoable[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isUndoable).filter(({ until }) => until > now) : [];
  } catch {
    return []; // Storage is blocked or holds something else.
  }
}

function write(all: Undoable[]): void {
  try {
    if (all.length > 0) sessionStorage.setItem(KEY, JSON.stringify(all));
    else sessionStorage.removeItem(KEY);
  } catch {
    // Storage is blocked: a reload does not offer it again.
  }
}

function isUndoable(value: unknown): value is Undoable {
  if (typeof value !== 'object' || value === null) return false;
  const { id, name, until } = value as Record<string, unknown>;
  return typeof id === 'string' && typeof name === 'string' && typeof until === 'number';
}
