import { applyPatch, type Operation } from 'rfc6902';
import { z } from 'zod';
import { AppError } from '@/lib/platform/errors';
import { type Json, type JsonObject, pointerParts } from '@/lib/platform/json';
import type { Identity, IdentityChange } from './model';

/**
 * JSON Patch (RFC 6902) on an identity: all six operations, on what an operator of the API may change and nothing else. The
 * allow-list counts for `path` and `from` alike. All or nothing: the first operation that fails refuses the whole patch.
 */
const ALLOWED = [
  /^\/(traits|metadata_public|metadata_admin)(\/|$)/,
  /^\/(state|schema_id|external_id)$/,
  /^\/verifiable_addresses\/(0|[1-9]\d*)\/verified$/,
];
const MOST_OPERATIONS = 500;
const LARGEST_RESULT = 1024 * 1024;

const pointer = z
  .string()
  .regex(/^(\/([^~/]|~[01])*)+$/, 'must be a JSON Pointer')
  .refine((path) => ALLOWED.some((allowed) => allowed.test(path)), {
    error: (issue) => `patch includes denied path: ${String(issue.input)}`,
  })
  .refine((path) => !pointerParts(path).includes('__proto__'), 'must not name "__proto__"');
// RFC 6902 §4: `value` must be there; null is a value.
const value = z
  .unknown()
  .refine((given) => given !== undefined, 'is missing')
  .transform((given) => given as Json);

/** RFC 6902 §4: members that an operation does not define are ignored. */
const operation = z.discriminatedUnion('op', [
  z.object({ op: z.enum(['add', 'replace', 'test']), path: pointer, value }),
  z.object({ op: z.literal('remove'), path: pointer }),
  z
    .object({ op: z.enum(['move', 'copy']), path: pointer, from: pointer })
    // §4.4: a value cannot be moved into one of its children.
    .refine(({ op, path, from }) => op === 'copy' || !path.startsWith(`${from}/`), 'cannot move a value into itself'),
]);

export const identityPatchBody = z.array(operation, 'must be an array of operations (RFC 6902)').max(MOST_OPERATIONS);
export type IdentityPatch = z.output<typeof identityPatchBody>;

const metadata = z
  .unknown()
  .optional()
  .transform((given) => (given ?? null) as Json);

/** What the patched identity must still be. `undefined` is what `remove` leaves. */
const patched = z.object({
  traits: z.record(z.string(), z.unknown()).default({}),
  state: z.enum(['active', 'inactive'], {
    error: (issue) =>
      `The supplied state ('${String(issue.input)}') was not valid. Valid states are ('active', 'inactive').`,
  }),
  schema_id: z.string().min(1),
  metadata_public: metadata,
  metadata_admin: metadata,
  external_id: z.string().min(1).max(255).nullable().default(null),
  verifiable_addresses: z.array(z.object({ value: z.string(), verified: z.boolean() })),
});

/** Refuses: `patch_test_failed` for a failed `test`, else `invalid_input` with the pointer of what is wrong. */
export function applyIdentityPatch(identity: Identity, operations: IdentityPatch): IdentityChange {
  const document = structuredClone(toDocument(identity));
  for (const [index, step] of operations.entries()) applyStep(document, step, index);
  const result = patched.safeParse(document);
  if (!result.success) {
    const [issue] = result.error.issues;
    const at = `/${issue?.path.join('/') ?? ''}`;
    throw new AppError('invalid_input', {
      reason: issue?.message,
      violations: [{ pointer: at, message: issue?.message ?? '' }],
    });
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

function toDocument(identity: Identity) {
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

function applyStep(document: ReturnType<typeof toDocument>, step: IdentityPatch[number], index: number): void {
  const refuse = (message: string, cause?: unknown) =>
    new AppError('invalid_input', {
      reason: `failed to apply JSON patch: ${message}`,
      violations: [{ pointer: `/${index}`, message }],
      cause,
    });
  if (!canHold(document, step.path)) throw refuse(`${step.path} has no parent that could hold it`);
  const [failure] = applyPatch(document, [step as Operation]);
  if (failure?.name === 'TestError') {
    throw new AppError('patch_test_failed', { reason: `The value at ${step.path} is not the one expected` });
  }
  if (failure) throw refuse(failure.message, failure);
  // Copies of copies grow exponentially: the result stays within what a body may be.
  if (step.op === 'copy' && JSON.stringify(document).length > LARGEST_RESULT)
    throw refuse('the result would be too large');
}

/** §4.1: the object or array that a location is in must exist; a string or number holds nothing. */
function canHold(document: object, path: string): boolean {
  let parent: unknown = document;
  for (const part of pointerParts(path).slice(0, -1)) {
    if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, part)) return false;
    parent = Reflect.get(parent, part);
  }
  return typeof parent === 'object' && parent !== null;
}
