import { BoundedCache } from '@/lib/platform/bounded-cache';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { isUniqueViolation } from '@/lib/platform/db/violations';
import { AppError, type Violation } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import type { JsonObject } from '@/lib/platform/json';
import { processWide } from '@/lib/platform/process-wide';
import { truncateText } from '@/lib/platform/text';
import defaultDocument from './default-schema.json';
import { compile, type Validator } from './json-schema';
import { fromSchemaUrl, type IdentitySchema } from './model';
import { findSchema, insertSchema } from './repository';
import { textViolations } from './service/texts';

export { findSchema, listSchemaNames, listSchemas, listSchemaVersions } from './repository';
export { addSchemaVersion, createSchema } from './service/change';

export const DEFAULT_SCHEMA_ID = 'default';

/** One version of a schema, the newest if none is named. Refuses: `unknown_schema`. */
export async function getSchema(
  projectId: string,
  schemaId: string,
  version?: number,
  tx?: Tx,
): Promise<IdentitySchema> {
  const schema = await findSchema(projectId, schemaId, version, tx);
  if (!schema) throw new AppError('unknown_schema', { reason: `Unable to find JSON Schema ID: ${schemaId}` });
  return schema;
}

/** By its id, or by the base64url of it as `schema_url` spells it. What `schema_url` says always leads to its schema. */
export async function findSchemaByName(projectId: string, name: string): Promise<IdentitySchema | null> {
  const spelled = fromSchemaUrl(name);
  return (spelled === null ? null : await findSchema(projectId, spelled)) ?? (await findSchema(projectId, name));
}

/**
 * Where and how traits do not fit; pointers are from the identity's root (`/traits/…`). What the schema says holds for all of
 * them, the rules for texts only for those that are not the same in `before`: an older version took what it took.
 */
export function traitViolations(schema: IdentitySchema, traits: JsonObject, before?: JsonObject): Violation[] {
  const found = validatorOf(schema)({ traits });
  const told = new Set(found.map(({ pointer }) => pointer));
  return [...found, ...textViolations(schema, traits, before).filter(({ pointer }) => !told.has(pointer))];
}

/** Refuses: `invalid_traits`, with every violation. `before`: the traits that these replace. */
export function validateTraits(schema: IdentitySchema, traits: JsonObject, before?: JsonObject): void {
  const violations = traitViolations(schema, traits, before);
  if (violations.length === 0) return;
  const reason = violations.map(({ pointer, message }) => `${pointer}: ${message}`).join('; ');
  throw new AppError('invalid_traits', { reason: truncateText(reason, 2000), violations: violations.slice(0, 100) });
}

/** Gives a project its first schema. Two processes may do so at once: one of them makes it. */
export async function ensureDefaultSchema(projectId: string): Promise<void> {
  if (await findSchema(projectId, DEFAULT_SCHEMA_ID)) return;
  try {
    await transaction((tx) => insertDefaultSchema(tx, projectId));
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
}

/** The first schema of a project that is being made. */
export async function insertDefaultSchema(tx: Tx, projectId: string): Promise<void> {
  await insertSchema(tx, {
    id: newId(),
    projectId,
    schemaId: DEFAULT_SCHEMA_ID,
    version: 1,
    document: defaultDocument,
    createdAt: new Date(),
  });
}

/** By the id of the version, which never changes. */
const validators = processWide('schema.validators', () => new BoundedCache<Validator>(200));

function validatorOf(schema: IdentitySchema): Validator {
  const known = validators.get(schema.id);
  if (known) return known;
  const validator = compile(schema.document);
  validators.set(schema.id, validator);
  return validator;
}
