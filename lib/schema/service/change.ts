import { diffJson } from '@/lib/audit/model';
import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { ConcurrentUpdateError, type Tx, transaction } from '@/lib/platform/db/transaction';
import { isUniqueViolation } from '@/lib/platform/db/violations';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { isSameJson, type JsonObject } from '@/lib/platform/json';
import { fromSchemaUrl, type IdentitySchema } from '../model';
import * as rows from '../repository';
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
    const names = await rows.listSchemaNames(actor.projectId, tx);
    if (names.some(({ id }) => isSameName(id, schemaId))) throw new AppError('schema_taken');
    if (names.length >= MAX_SCHEMAS)
      throw new AppError('invalid_input', { reason: `A project can have at most ${MAX_SCHEMAS} schemas` });
    const schema = newVersion(actor.projectId, schemaId, 1, document);
    await insert(tx, schema);
    await recordEvent(tx, actor, {
      type: 'schema.created',
      details: { schema_id: schemaId, version: 1, changes: diffJson({}, document) },
    });
    return schema;
  }, outer);
}

/**
 * Adds a version to a schema. Identities keep their version until their schema is set again; new identities get this
 * one. An identical document adds no version.
 * Refuses: `not_found`, `invalid_input` with every fault of the document.
 */
export async function addSchemaVersion(actor: Actor, schemaId: string, document: JsonObject): Promise<IdentitySchema> {
  validateDocument(document);
  return transaction(async (tx) => {
    const before = await rows.findSchema(actor.projectId, schemaId, undefined, tx);
    if (!before) throw new AppError('not_found', { reason: `Unable to find JSON Schema ID: ${schemaId}` });
    if (isSameJson(before.document, document)) return before;
    const schema = newVersion(actor.projectId, schemaId, before.version + 1, document);
    await insert(tx, schema);
    await recordEvent(tx, actor, {
      type: 'schema.updated',
      details: { schema_id: schemaId, version: schema.version, changes: diffJson(before.document, document) },
    });
    return schema;
  });
}

/** Equal, or one is the other's spelling in a `schema_url`: both spellings must name one schema. */
function isSameName(id: string, other: string): boolean {
  return id === other || fromSchemaUrl(id) === other || fromSchemaUrl(other) === id;
}

function newVersion(projectId: string, schemaId: string, version: number, document: JsonObject): IdentitySchema {
  return { id: newId(), projectId, schemaId, version, document, createdAt: new Date() };
}

/** Retries when the same version is created concurrently. */
async function insert(tx: Tx, schema: IdentitySchema): Promise<void> {
  try {
    await rows.insertSchema(tx, schema);
  } catch (cause) {
    if (isUniqueViolation(cause)) throw new ConcurrentUpdateError();
    throw cause;
  }
}
