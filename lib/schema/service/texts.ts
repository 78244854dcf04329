import { addressFault, normalizeAddress } from '@/lib/platform/address';
import type { Violation } from '@/lib/platform/errors';
import { getAt, type Json, type JsonObject, toPointer } from '@/lib/platform/json';
import { MAX_MARKS, textFault } from '@/lib/platform/text';
import { fieldsOf, type IdentitySchema } from '../model';

/** Faults of texts that differ from `before`, independent of the schema. */
export function textViolations(schema: IdentitySchema, traits: JsonObject, before: JsonObject = {}): Violation[] {
  return [...unreadable(traits, before, ['traits']), ...longIdentifiers(schema, traits, before)];
}

/** RFC 5321 §4.5.3.1; any such address fits a PostgreSQL index. */
const LIMITS = {
  local: { message: 'must NOT have more than 64 octets before the @', limit: 64 },
  domain: { message: 'must have a domain whose labels have 1 to 63 octets', limit: 63 },
  total: { message: 'must NOT have more than 254 octets because it is an identifier', limit: 254 },
};

function longIdentifiers({ document }: IdentitySchema, traits: JsonObject, before: JsonObject): Violation[] {
  return fieldsOf(document).flatMap(({ isIdentifier, path, pointer }) => {
    const value = isIdentifier ? getAt(traits, path) : undefined;
    if (typeof value !== 'string' || value === getAt(before, path)) return [];
    const fault = addressFault(normalizeAddress(value));
    if (fault === null) return [];
    const { message, limit } = LIMITS[fault];
    return [{ pointer, message, keyword: fault === 'domain' ? 'format' : 'maxLength', params: { limit } }];
  });
}

function unreadable(value: Json | undefined, before: Json | undefined, path: string[]): Violation[] {
  if (typeof value === 'string') return value === before ? [] : textFaultAt(value, path);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => unreadable(child, memberOf(before, key), [...path, key]));
}

function memberOf(value: Json | undefined, key: string): Json | undefined {
  return Array.isArray(value) ? value[Number(key)] : getAt(value, [key]);
}

const MESSAGES = {
  invisible: 'has no visible character',
  marks: `has more than ${MAX_MARKS} combining marks on one character`,
};

function textFaultAt(text: string, path: string[]): Violation[] {
  const fault = textFault(text);
  return fault ? [{ pointer: toPointer(path), message: MESSAGES[fault], keyword: fault }] : [];
}
