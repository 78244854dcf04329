import { z } from 'zod';
import { AppError } from '@/lib/platform/errors';
import { checkInput } from '@/lib/platform/input';
import {
  depthOf,
  isContainer,
  isSameJson,
  type Json,
  type JsonObject,
  MAX_JSON_BYTES,
  MAX_JSON_DEPTH,
  pointerParts,
} from '@/lib/platform/json';
import { type Identity, type IdentityChange, MAX_EXTERNAL_ID_LENGTH } from './model';

/**
 * JSON Patch (RFC 6902) on an identity: all six operations, limited to the members that API clients may change. The
 * allow-list applies to `path` and `from`. Atomic: the first failing operation refuses the whole patch.
 */
const ALLOWED = [
  /^\/(traits|metadata_public|metadata_admin)(\/|$)/,
  /^\/(state|schema_id|external_id)$/,
  /^\/verifiable_addresses\/(0|[1-9]\d*)\/verified$/,
];
const MAX_OPERATIONS = 500;

const pointer = z
  .string()
  .regex(/^(\/([^~/]|~[01])*)+$/, 'must be a JSON Pointer')
  .refine((path) => ALLOWED.some((allowed) => allowed.test(path)), {
    error: (issue) => `patch includes denied path: ${String(issue.input)}`,
  })
  .refine((path) => !pointerParts(path).includes('__proto__'), 'must not name "__proto__"');
// RFC 6902 §4: `value` is required; null is a value.
const value = z
  .unknown()
  .refine((given) => given !== undefined, 'is missing')
  .transform((given) => given as Json);

/** RFC 6902 §4: ignore members that the operation does not define. */
const operation = z.discriminatedUnion('op', [
  z.object({ op: z.enum(['add', 'replace', 'test']), path: pointer, value }),
  z.object({ op: z.literal('remove'), path: pointer }),
  z
    .object({ op: z.enum(['move', 'copy']), path: pointer, from: pointer })
    // §4.4: a value must not be moved into one of its children.
    .refine(({ op, path, from }) => op === 'copy' || !path.startsWith(`${from}/`), 'cannot move a value into itself'),
]);

export const identityPatchBody = z.array(operation, 'must be an array of operations (RFC 6902)').max(MAX_OPERATIONS);
export type IdentityPatch = z.output<typeof identityPatchBody>;

const metadata = z
  .unknown()
  .optional()
  .transform((given) => (given ?? null) as Json);

/** The shape a patched identity must have. `remove` leaves `undefined`. */
const patched = z.object({
  traits: z.record(z.string(), z.unknown()).default({}),
  state: z.enum(['active', 'inactive'], {
    error: (issue) =>
      `The supplied state ('${String(issue.input)}') was not valid. Valid states are ('active', 'inactive').`,
  }),
  schema_id: z.string().min(1),
  metadata_public: metadata,
  metadata_admin: metadata,
  external_id: z.string().min(1).max(MAX_EXTERNAL_ID_LENGTH).nullable().default(null),
  verifiable_addresses: z.array(z.object({ value: z.string(), verified: z.boolean() })),
});

/** Refuses: `patch_test_failed` for a failed `test`, else `invalid_input` with the pointer of the fault. */
export function applyIdentityPatch(identity: Identity, operations: IdentityPatch): IdentityChange {
  const before = toDocument(identity);
  const document = structuredClone(before);
  const copies = new Allowance(MAX_JSON_BYTES);
  for (const [index, step] of operations.entries()) applyStep(document, step, index, copies);
  requireBounded(document, before);
  const result = checkInput(patched, document);
  if (!result.ok) {
    const { violations } = result;
    throw new AppError('invalid_input', { reason: violations[0].message, violations });
  }
  const { traits, state, schema_id: schemaId, verifiable_addresses: addresses } = result.data;
  return {
    traits: traits as JsonObject,
    state,
    schemaId,
    metadataPublic: result.data.metadata_public,
    metadataAdmin: result.data.metadata_admin,
    externalId: result.data.external_id,
    verified: Object.fromEntries(addresses.map(({ value: address, verified }) => [address, verified])),
  };
}

function toDocument(identity: Identity): JsonObject {
  return {
    traits: identity.traits,
    state: identity.state,
    schema_id: identity.schemaId,
    metadata_public: identity.metadataPublic,
    metadata_admin: identity.metadataAdmin,
    external_id: identity.externalId,
    verifiable_addresses: identity.verifiableAddresses.map(({ value: address, verified }) => ({
      value: address,
      verified,
    })),
  };
}

/**
 * The result must obey the size and depth limits of a request body, regardless of the operations. A value that already
 * exceeds them may stay so. Refuses: `invalid_input`.
 */
function requireBounded(document: JsonObject, before: JsonObject): void {
  if (depthOf(document) > MAX_JSON_DEPTH) throw refusal(`the result is nested deeper than ${MAX_JSON_DEPTH} levels`);
  const size = sizeOf(document);
  if (size > MAX_JSON_BYTES && size > sizeOf(before)) throw refusal('the result is too large');
}

/** Remaining bytes that may be copied: copies of copies grow exponentially. */
class Allowance {
  constructor(private bytes: number) {}

  spend(bytes: number): boolean {
    this.bytes -= bytes;
    return this.bytes >= 0;
  }
}

function sizeOf(value: Json): number {
  return Buffer.byteLength(JSON.stringify(value));
}

function refusal(message: string, pointer = ''): AppError {
  return new AppError('invalid_input', {
    reason: `failed to apply JSON patch: ${message}`,
    violations: [{ pointer, message }],
  });
}

function applyStep(document: JsonObject, step: IdentityPatch[number], index: number, copies: Allowance): void {
  const refuse = (message: string) => refusal(message, `/${index}`);
  const existing = (path: string): Location => {
    const location = locate(document, path);
    if (!location || valueAt(location) === undefined) throw refuse(`${path} does not exist`);
    return location;
  };
  const add = (path: string, item: Json): void => {
    const location = locate(document, path);
    if (!location || !insert(location, item)) throw refuse(`the parent of ${path} does not exist`);
  };
  switch (step.op) {
    case 'add':
      add(step.path, structuredClone(step.value));
      break;
    case 'remove':
      take(existing(step.path));
      break;
    case 'replace':
      put(existing(step.path), structuredClone(step.value));
      break;
    case 'test':
      expectAt(document, step.path, step.value);
      break;
    case 'move':
      add(step.path, take(existing(step.from)));
      break;
    case 'copy': {
      const item = valueAt(existing(step.from)) ?? null;
      if (depthOf(item) > MAX_JSON_DEPTH || !copies.spend(sizeOf(item))) throw refuse('the result is too large');
      add(step.path, structuredClone(item));
    }
  }
}

/** RFC 6902 §4.6 */
function expectAt(document: JsonObject, path: string, expected: Json): void {
  const location = locate(document, path);
  if (location && isSameJson(valueAt(location), expected)) return;
  throw new AppError('patch_test_failed', { reason: `The value at ${path} does not match the test` });
}

/** An existing or new location in an object or array. Only own keys and real indexes are locations (RFC 6901 §4). */
type Location = { parent: JsonObject | Json[]; key: string };

function locate(document: JsonObject, path: string): Location | null {
  const parts = pointerParts(path);
  const key = parts.pop();
  let parent: Json | undefined = document;
  for (const part of parts) parent = isContainer(parent) ? valueAt({ parent, key: part }) : undefined;
  return key !== undefined && isContainer(parent) ? { parent, key } : null;
}

function valueAt({ parent, key }: Location): Json | undefined {
  if (Array.isArray(parent)) return isIndex(key) ? parent[Number(key)] : undefined;
  return Object.hasOwn(parent, key) ? parent[key] : undefined;
}

/**
 * §4.1: inserts into an array before the index, which may be its length or `-`. False if the location does not exist.
 */
function insert({ parent, key }: Location, item: Json): boolean {
  if (!Array.isArray(parent)) {
    parent[key] = item;
    return true;
  }
  const index = key === '-' ? parent.length : Number(key);
  if ((key !== '-' && !isIndex(key)) || index > parent.length) return false;
  parent.splice(index, 0, item);
  return true;
}

function put({ parent, key }: Location, item: Json): void {
  if (Array.isArray(parent)) parent[Number(key)] = item;
  else parent[key] = item;
}

function take(location: Location): Json {
  const { parent, key } = location;
  const item = valueAt(location) ?? null;
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
  return item;
}

/** RFC 6901 §4: digits without leading zeros. */
function isIndex(key: string): boolean {
  return /^(0|[1-9]\d{0,8})$/.test(key);
}
