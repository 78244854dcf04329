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
 * identity (`/traits/name/first`); `*` stands for each item of a list. `leave` changes nothing: an identity that the new
 * version refuses there stays on its own version.
 */
export type Repair =
  | { op: 'default'; pointer: string; value: Json }
  | { op: 'move'; from: string; pointer: string }
  | { op: 'remove'; pointer: string }
  | { op: 'convert'; pointer: string; to: Conversion; separator?: string | undefined }
  | { op: 'leave'; pointer: string; keyword?: string | undefined };

export const REPAIRS = ['default', 'move', 'remove', 'convert', 'leave'] as const;
export const MAX_REPAIRS = 100;

/** The keyword of a value that a repair could not change, beside those of JSON Schema. */
const UNREPAIRABLE = 'repair';

/** `faults`: what could not be repaired, as a violation. `changed`: indexes of the repairs that changed something. */
export type Repaired = { traits: JsonObject; faults: Violation[]; changed: number[]; failed: number[] };

/** Applies repairs in their order. A value that cannot be repaired stays as it is. */
export function repairTraits(traits: JsonObject, repairs: readonly Repair[]): Repaired {
  const repaired: Repaired = { traits, faults: [], changed: [], failed: [] };
  for (const [at, repair] of repairs.entries()) {
    const { traits: next, faults } = applyRepair(repaired.traits, repair);
    if (!isSameJson(next, repaired.traits)) repaired.changed.push(at);
    if (faults.length > 0) repaired.failed.push(at);
    repaired.traits = next;
    repaired.faults.push(...faults);
  }
  return repaired;
}

type Applied = { traits: JsonObject; faults: Violation[] };

function applyRepair(traits: JsonObject, repair: Repair): Applied {
  switch (repair.op) {
    case 'default':
      return setDefault(traits, repair.pointer, repair.value);
    case 'move':
      return moveTrait(traits, repair.from, repair.pointer);
    case 'remove':
      return mapAt(traits, repair.pointer, () => ({ value: undefined }));
    case 'convert':
      return mapAt(traits, repair.pointer, (value) => convert(value, repair.to, repair.separator));
    case 'leave':
      return { traits, faults: [] };
  }
}

/** Only where there is no value. */
function setDefault(traits: JsonObject, pointer: string, value: Json): Applied {
  const path = pathOf(pointer);
  const current = getAt(traits, path);
  if (current !== undefined && current !== null) return { traits, faults: [] };
  const blocked = blockedAt(traits, path);
  return blocked ? { traits, faults: [fault(pointer, blocked)] } : { traits: setAt(traits, path, value), faults: [] };
}

function moveTrait(traits: JsonObject, from: string, pointer: string): Applied {
  const [source, target] = [pathOf(from), pathOf(pointer)];
  const value = getAt(traits, source);
  if (value === undefined || from === pointer) return { traits, faults: [] };
  const rest = setAt(traits, source, undefined);
  const taken = getAt(rest, target);
  if (taken !== undefined && taken !== null && !isSameJson(taken, value))
    return { traits, faults: [fault(from, `cannot be moved to ${pointer}, which has a value`)] };
  const blocked = blockedAt(rest, target);
  return blocked ? { traits, faults: [fault(from, blocked)] } : { traits: setAt(rest, target, value), faults: [] };
}

/** Why nothing can be set at a path: a value on the way is not an object. Null: nothing is in the way. */
function blockedAt(traits: JsonObject, path: readonly string[]): string | null {
  const isBlocked = path.slice(0, -1).some((_, at) => {
    const parent = getAt(traits, path.slice(0, at + 1));
    return parent !== undefined && !isJsonObject(parent);
  });
  return isBlocked ? 'cannot be set below a value that is not an object' : null;
}

function mapAt(traits: JsonObject, pointer: string, change: (value: Json) => Outcome): Applied {
  const faults: Violation[] = [];
  const walk = (value: Json, path: readonly string[], place: string): Json | undefined => {
    const [head, ...rest] = path;
    if (head === undefined) {
      const outcome = change(value);
      if ('value' in outcome) return outcome.value;
      faults.push(fault(place, outcome.fault));
      return value;
    }
    if (Array.isArray(value)) {
      if (head !== '*') return value;
      return value.map((item) => walk(item, rest, `${place}/*`)).filter((item) => item !== undefined);
    }
    if (!isJsonObject(value) || !Object.hasOwn(value, head)) return value;
    const child = value[head];
    const next = child === undefined ? undefined : walk(child, rest, `${place}${toPointer([head])}`);
    if (next === child) return value;
    const changed = setAt(value, [head], next);
    // As `setAt`: objects that become empty are removed, but never the traits themselves.
    return place !== '/traits' && Object.keys(changed).length === 0 ? undefined : changed;
  };
  const changed = walk(traits, pathOf(pointer), '/traits');
  return { traits: isJsonObject(changed) ? changed : {}, faults: uniqueFaults(faults) };
}

function uniqueFaults(faults: Violation[]): Violation[] {
  const places = new Set<string>();
  return faults.filter(({ pointer }) => !places.has(pointer) && places.add(pointer));
}

function fault(pointer: string, message: string): Violation {
  return { pointer, message, keyword: UNREPAIRABLE };
}

/** Keys below `traits`. */
export function pathOf(pointer: string): string[] {
  return pointerParts(pointer).slice(1);
}

/** A pointer into traits, not the traits themselves. */
export function isTraitPointer(pointer: string): boolean {
  return /^\/traits(\/([^~/]|~[01])+)+$/.test(pointer) && !pathOf(pointer).includes('__proto__');
}
