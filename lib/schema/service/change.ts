import { diffJson } from '@/lib/audit/model';
import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { ConcurrentUpdateError, type Tx, transaction } from '@/lib/platform/db/transaction';
import { isUniqueViolation } from '@/lib/platform/db/violations';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { isSameJson, type JsonObject } from '@/lib/platform/json';
import { fieldsOf, fromSchemaUrl, type IdentitySchema } from '../model';
import * as rows from '../repository';
import { DEFAULT_SCHEMA_ID } from './get';
import { validateDocument } from './validate-schema';

const MAX_SCHEMAS = 100;

/** Creates a schema. Refuses: `invalid_input` with every fault of the document, `schema_taken`. */
export async function createSchema(
  actor: Actor,
  schemaId: string,
  document: JsonObject,
  { tx: outer }: { tx?: Tx } = {},
): Promise<IdentitySchema> {
  validateDocument(document);
  return transaction(async (tx) => {
    const version = await nextVersion(tx, actor.projectId, schemaId);
    const names = await rows.listSchemaNames(actor.projectId, tx);
    if (names.some(({ id }) => isSameName(id, schemaId))) throw new AppError('schema_taken');
    if (names.length >= MAX_SCHEMAS)
      throw new AppError('invalid_input', { reason: `A project can have at most ${MAX_SCHEMAS} schemas` });
    const schema = await insertVersion(tx, actor.projectId, { schemaId, version, document });
    await recordEvent(tx, actor, {
      type: 'schema.created',
      details: { schema_id: schemaId, version: schema.version, changes: diffJson({}, document) },
    });
    return schema;
  }, outer);
}

/**
 * Adds a version to a schema. Identities keep their version until their schema is set again; new identities get this
 * one. An identical document adds no version; another order of the fields is a difference, because forms follow it.
 * Refuses: `not_found`, `invalid_input` with every fault of the document.
 */
export async function addSchemaVersion(
  actor: Actor,
  schemaId: string,
  document: JsonObject,
  { tx: outer }: { tx?: Tx } = {},
): Promise<IdentitySchema> {
  validateDocument(document);
  return transaction(async (tx) => {
    const version = await nextVersion(tx, actor.projectId, schemaId);
    const before = await rows.findSchema(actor.projectId, schemaId, undefined, tx);
    if (!before) throw new AppError('not_found', { reason: `Unable to find JSON Schema ID: ${schemaId}` });
    if (isSameJson(before.document, document) && isSameOrder(before.document, document)) return before;
    const schema = await insertVersion(tx, actor.projectId, { schemaId, version, document });
    await recordEvent(tx, actor, {
      type: 'schema.updated',
      details: { schema_id: schemaId, version: schema.version, changes: diffJson(before.document, document) },
    });
    return schema;
  }, outer);
}

/**
 * Withdraws a version, or takes the withdrawal back: a withdrawn version is no longer the newest, and identities that
 * have it keep it. Does nothing if it is so already. Refuses: `not_found`; `invalid_input` for the only version left.
 */
export async function withdrawSchemaVersion(
  tx: Tx,
  actor: Actor,
  { schemaId, version, isWithdrawn }: { schemaId: string; version: number; isWithdrawn: boolean },
): Promise<void> {
  const { projectId } = actor;
  if (!(await rows.findSchema(projectId, schemaId, undefined, tx))) throw new AppError('not_found');
  const place = { projectId, schemaId, version };
  if ((await rows.updateWithdrawnAt(tx, place, isWithdrawn ? new Date() : null)) === 0) return;
  if (!(await rows.findSchema(projectId, schemaId, undefined, tx)))
    throw new AppError('invalid_input', { reason: 'A schema must keep a version' });
  await recordEvent(tx, actor, {
    type: isWithdrawn ? 'schema.version_withdrawn' : 'schema.version_restored',
    details: { schema_id: schemaId, version },
  });
}

/**
 * Deletes a schema that the caller has found unused: withdraws all its versions. The rows stay, so that an identity
 * created at this moment and the events of earlier ones keep their schema. Refuses: `not_found`,
 * `default_schema_protected`.
 */
export async function removeSchema(tx: Tx, actor: Actor, schemaId: string): Promise<void> {
  if (schemaId === DEFAULT_SCHEMA_ID) throw new AppError('default_schema_protected');
  const count = await rows.updateWithdrawnAt(tx, { projectId: actor.projectId, schemaId }, new Date());
  if (count === 0) throw new AppError('not_found', { reason: `Unable to find JSON Schema ID: ${schemaId}` });
  await recordEvent(tx, actor, { type: 'schema.deleted', details: { schema_id: schemaId } });
}

function isSameOrder(one: JsonObject, other: JsonObject): boolean {
  const pointers = (document: JsonObject) => fieldsOf(document).map(({ pointer }) => pointer);
  return isSameJson(pointers(one), pointers(other));
}

/** Equal, or one is the other's spelling in a `schema_url`: both spellings must name one schema. */
function isSameName(id: string, other: string): boolean {
  return id === other || fromSchemaUrl(id) === other || fromSchemaUrl(other) === id;
}

/** Read before anything that decides on the version: a concurrent one then has the same number, which only one can insert. */
async function nextVersion(tx: Tx, projectId: string, schemaId: string): Promise<number> {
  return (await rows.findHighestVersion(tx, projectId, schemaId)) + 1;
}

/** Retries when the same version is created concurrently. */
async function insertVersion(
  tx: Tx,
  projectId: string,
  version: Pick<IdentitySchema, 'schemaId' | 'version' | 'document'>,
): Promise<IdentitySchema> {
  const schema = { id: newId(), projectId, ...version, createdAt: new Date() };
  try {
    await rows.insertSchema(tx, schema);
    return schema;
  } catch (cause) {
    if (isUniqueViolation(cause)) throw new ConcurrentUpdateError();
    throw cause;
  }
}
