import type { Violation } from '@/lib/platform/errors';
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
import { type Conversion, convert, type Outcome } from './convert';

/**
 * What happens to the traits of an identity when it moves to another version or schema. Pointers are those of an
 * identity (`/traits/name/first`); `*` stands for each item of a list. `replace`, and `remove` unless it says
 * `everywhere`, act only where the schema refuses the traits after the repairs before it, or where one of these failed:
 * with `keyword` only where this rule refuses them. `leave` changes nothing: an identity that the new version refuses
 * there stays on its own version.
 */
export type Repair =
  | { op: 'default'; pointer: string; value: Json }
  | { op: 'replace'; pointer: string; value: Json; keyword?: string | undefined }
  | { op: 'move'; from: string; pointer: string }
  | { op: 'remove'; pointer: string; keyword?: string | undefined; where?: Where | undefined }
  | { op: 'convert'; pointer: string; to: Conversion; separator?: string | undefined }
  | { op: 'leave'; pointer: string; keyword?: string | undefined };

export const WHERE = ['refused', 'everywhere'] as const;
type Where = (typeof WHERE)[number];

export const MAX_REPAIRS = 100;

/** The keyword of a value that a repair could not change, beside those of JSON Schema. */
const UNREPAIRABLE = 'repair';
/** As many as a schema reports of one identity. */
const MAX_FAULTS = 1000;

/** `faults`: what could not be repaired, as a violation. `changed`: indexes of the repairs that changed something. */
export type Repaired = { traits: JsonObject; faults: Violation[]; changed: number[]; failed: number[] };

/** What a schema refuses in traits. */
export type Check = (traits: JsonObject) => readonly Violation[];

/**
 * Applies repairs in their order. A value that cannot be repaired stays as it is. Traits that no repair changes are the
 * same object.
 */
export function repairTraits(traits: JsonObject, repairs: readonly Repair[], check: Check): Repaired {
  const repaired: Repaired = { traits, faults: [], changed: [], failed: [] };
  for (const [at, repair] of repairs.entries()) {
    const { traits: next, faults, solved } = applyRepair(repaired, repair, check);
    if (faults.length > 0) repaired.failed.push(at);
    repaired.faults = [...withoutSolved(repaired.faults, solved), ...faults];
    if (next === repaired.traits || isSameJson(next, repaired.traits)) continue;
    repaired.changed.push(at);
    repaired.traits = next;
  }
  return repaired;
}

/** `solved`: places whose earlier faults no longer matter. */
type Applied = { traits: JsonObject; faults: Violation[]; solved: string[] };

function applyRepair({ traits, faults }: Repaired, repair: Repair, check: Check): Applied {
  switch (repair.op) {
    case 'default':
      return setDefault(traits, repair.pointer, repair.value);
    case 'move':
      return moveTrait(traits, repair.from, repair.pointer);
    case 'remove':
      if (repair.where === 'everywhere') return setWhere(traits, repair.pointer, undefined, () => true);
      return setWhere(traits, repair.pointer, undefined, refusalOf(repair, [...faults, ...check(traits)]));
    case 'replace':
      return setWhere(traits, repair.pointer, repair.value, refusalOf(repair, [...faults, ...check(traits)]));
    case 'convert':
      return mapAt(traits, repair.pointer, (value) =>
        value === undefined ? { value } : convert(value, repair.to, repair.separator),
      );
    case 'leave':
      return unchanged(traits);
  }
}

const unchanged = (traits: JsonObject, faults: Violation[] = []): Applied => ({ traits, faults, solved: [] });

/** Whether a place, or something below it, is refused. Null: nothing is. */
function refusalOf(
  { keyword: wanted }: { keyword?: string | undefined },
  violations: readonly Violation[],
): ((place: string) => boolean) | null {
  const found = violations.filter(({ keyword }) => wanted === undefined || keyword === wanted);
  if (found.length === 0) return null;
  const places = new Set(found.flatMap(({ pointer }) => [pointer, ...placesAbove(pointer)]));
  return (place) => places.has(place);
}

function placesAbove(pointer: string): string[] {
  return [...pointer.matchAll(/\//g)].slice(1).map(({ index }) => pointer.slice(0, index));
}

function withoutSolved(faults: Violation[], solved: readonly string[]): Violation[] {
  if (faults.length === 0 || solved.length === 0) return faults;
  const places = new Set(solved);
  return faults.filter(({ pointer }) => ![pointer, ...placesAbove(pointer)].some((place) => places.has(place)));
}

/** Sets a value, or removes it, at the places of a pointer that match. */
function setWhere(
  traits: JsonObject,
  pointer: string,
  value: Json | undefined,
  isMatch: ((place: string) => boolean) | null,
): Applied {
  if (!isMatch) return unchanged(traits);
  const solved: string[] = [];
  const applied = mapAt(traits, pointer, (current, place) => {
    if (!isMatch(place)) return { value: current };
    solved.push(place);
    return { value };
  });
  return { ...applied, solved };
}

/** Only where there is no value. */
function setDefault(traits: JsonObject, pointer: string, value: Json): Applied {
  const path = pathOf(pointer);
  const current = getAt(traits, path);
  if (current !== undefined && current !== null) return unchanged(traits);
  const blocked = blockedAt(traits, path);
  return blocked ? unchanged(traits, [fault(pointer, blocked)]) : unchanged(setAt(traits, path, value));
}

function moveTrait(traits: JsonObject, from: string, pointer: string): Applied {
  const [source, target] = [pathOf(from), pathOf(pointer)];
  const value = getAt(traits, source);
  if (value === undefined || from === pointer) return unchanged(traits);
  const rest = setAt(traits, source, undefined);
  const taken = getAt(rest, target);
  if (taken !== undefined && taken !== null && !isSameJson(taken, value))
    return unchanged(traits, [fault(from, `cannot be moved to ${pointer}, which has a value`)]);
  const blocked = blockedAt(rest, target);
  return blocked ? unchanged(traits, [fault(from, blocked)]) : unchanged(setAt(rest, target, value));
}

/** Why nothing can be set at a path: a value on the way is not an object. Null: nothing is in the way. */
function blockedAt(traits: JsonObject, path: readonly string[]): string | null {
  const isBlocked = path.slice(0, -1).some((_, at) => {
    const parent = getAt(traits, path.slice(0, at + 1));
    return parent !== undefined && !isJsonObject(parent);
  });
  return isBlocked ? 'cannot be set below a value that is not an object' : null;
}

/** Gets the value at a place, undefined for a missing member of an object. */
type Change = (value: Json | undefined, place: string) => Outcome;

/** Returns the same traits if nothing changes. */
function mapAt(traits: JsonObject, pointer: string, change: Change): Applied {
  const faults: Violation[] = [];
  const walk = (value: Json | undefined, path: readonly string[], place: string): Json | undefined => {
    const [head, ...rest] = path;
    if (head === undefined) {
      const outcome = change(value, place);
      if ('value' in outcome) return outcome.value;
      if (faults.length < MAX_FAULTS) faults.push(fault(place, outcome.fault));
      return value;
    }
    if (Array.isArray(value)) {
      if (head !== '*') return value;
      const items = value.map((item, at) => walk(item, rest, `${place}/${at}`));
      return items.every((item, at) => item === value[at]) ? value : items.filter((item) => item !== undefined);
    }
    if (!isJsonObject(value)) return value;
    const child = Object.hasOwn(value, head) ? value[head] : undefined;
    const next = walk(child, rest, `${place}${toPointer([head])}`);
    if (next === child) return value;
    const changed = setAt(value, [head], next);
    // As `setAt`: objects that become empty are removed, but never the traits themselves.
    return place !== '/traits' && Object.keys(changed).length === 0 ? undefined : changed;
  };
  const changed = walk(traits, pathOf(pointer), '/traits');
  return unchanged(isJsonObject(changed) ? changed : {}, faults);
}

function fault(pointer: string, message: string): Violation {
  return { pointer, message, keyword: UNREPAIRABLE };
}

/** Keys below `traits`. */
export function pathOf(pointer: string): string[] {
  return pointerParts(pointer).slice(1);
}

/** A pointer into traits, not to the traits themselves. */
export function isTraitPointer(pointer: string): boolean {
  return /^\/traits(\/([^~/]|~[01])+)+$/.test(pointer) && !pathOf(pointer).includes('__proto__');
}
