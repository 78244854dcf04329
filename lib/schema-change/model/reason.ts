import type { Violation } from '@/lib/platform/errors';
import { getAt, isJsonObject, type Json, type JsonObject, pointerParts, toPointer } from '@/lib/platform/json';
import type { Repair } from './repair';

/** Why identities would not be valid: one place, one rule. */
export type Reason = {
  /** `*` stands for each item of a list. */
  pointer: string;
  /** Of JSON Schema, or one of Signet's own, such as `repair` or `identifier_taken`. */
  keyword: string;
  message: string;
  /** Of the first violation, such as the expected type. */
  params: JsonObject;
  /** The JSON types of the values there: what could be converted. */
  found: ValueType[];
  count: number;
  /** IDs of the first identities. Values are read when they are shown, so that erasure leaves none behind. */
  people: string[];
};

export type ValueType = 'none' | 'null' | 'text' | 'number' | 'boolean' | 'list' | 'object';

/** A violation in the form that reasons are grouped by. */
export type Fault = Omit<Reason, 'count' | 'people' | 'found'> & { found: ValueType };

/** More places than anyone reads; the rest is counted. */
export const MAX_REASONS = 100;
export const MAX_PEOPLE = 10;

/** The reasons of one identity, each place once per rule. */
export function faultsOf(traits: JsonObject, violations: readonly Violation[]): Fault[] {
  const faults = new Map<string, Fault>();
  for (const { pointer, message, keyword = 'schema', params } of violations) {
    const place = generalPointer(traits, pointer);
    const key = `${keyword} ${place}`;
    if (faults.has(key)) continue;
    const found = typeOf(valueAt(traits, pointer));
    faults.set(key, { pointer: place, keyword, message, params: plainParams(params), found });
  }
  return [...faults.values()];
}

/** Adds an identity's reasons to those of others. False if there were more places than are kept. */
export function addFaults(reasons: Map<string, Reason>, faults: readonly Fault[], identityId: string): boolean {
  let isKept = true;
  for (const { found, ...fault } of faults) {
    const key = `${fault.keyword} ${fault.pointer}`;
    const known = reasons.get(key);
    if (!known && reasons.size >= MAX_REASONS) isKept = false;
    else if (!known) reasons.set(key, { ...fault, found: [found], count: 1, people: [identityId] });
    else {
      known.count += 1;
      if (known.people.length < MAX_PEOPLE) known.people.push(identityId);
      if (!known.found.includes(found)) known.found.push(found);
    }
  }
  return isKept;
}

/** Whether all that is wrong with an identity is covered by a repair that leaves it on its version. */
export function isLeft(faults: readonly Fault[], repairs: readonly Repair[]): boolean {
  const leaves = repairs.filter((repair) => repair.op === 'leave');
  return faults.some((fault) =>
    leaves.some(
      ({ pointer, keyword }) => pointer === fault.pointer && (keyword === undefined || keyword === fault.keyword),
    ),
  );
}

/** Index of an item → `*`, and only where there is a list. */
function generalPointer(traits: JsonObject, pointer: string): string {
  let current: Json | undefined = { traits };
  const parts = pointerParts(pointer).map((part) => {
    const isItem: boolean = Array.isArray(current);
    current = childOf(current, part);
    return isItem ? '*' : part;
  });
  return toPointer(parts);
}

function childOf(value: Json | undefined, part: string): Json | undefined {
  return Array.isArray(value) ? value[Number(part)] : getAt(value, [part]);
}

export function valueAt(traits: JsonObject, pointer: string): Json | undefined {
  return pointerParts(pointer).reduce<Json | undefined>(childOf, { traits });
}

export function typeOf(value: Json | undefined): ValueType {
  if (value === undefined) return 'none';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (isJsonObject(value)) return 'object';
  return typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'boolean';
}

/** What suggestions need: never a value of a person. */
function plainParams(params: Record<string, unknown> | undefined): JsonObject {
  const { type, format } = params ?? {};
  const types = Array.isArray(type) ? type.filter((name) => typeof name === 'string') : type;
  return {
    ...(typeof types === 'string' || Array.isArray(types) ? { type: types } : {}),
    ...(typeof format === 'string' && { format }),
  };
}
