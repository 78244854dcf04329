import type { Actor } from '@/lib/platform/actor';
import { type EditableField, type FieldEdit, mergeFields } from '@/lib/platform/edit';
import { AppError } from '@/lib/platform/errors';
import { getAt, isSameJson, type JsonObject, setAt } from '@/lib/platform/json';
import { fieldsOf, type IdentitySchema, isSelfEditable, type SchemaField } from '@/lib/schema/model';
import { getSchema } from '@/lib/schema/service';
import type { Guard, Identity } from '../model';
import { changeIdentity } from './change';
import { getIdentity } from './get';

type Draft = Pick<Identity, 'traits' | 'metadataPublic' | 'metadataAdmin' | 'externalId'>;
type Field = EditableField<Draft>;

type Options = {
  /** Throws for an identity that the actor must not reach. */
  guard?: Guard;
  /** The schema version that `edits` are based on; read here if absent. */
  schema?: IdentitySchema;
};

/**
 * A person changes their own traits. Only fields open to self-service count, never an identifier; other edits are
 * ignored. Concurrent changes are neither overwritten nor lost: unless both edits agree, nothing is written.
 * Refuses: `version_conflict` (with `conflicts`, or without them if the identity has moved to another schema version),
 * `invalid_traits` (also for a field that is written once and has a value), `not_found`.
 */
export async function editOwnTraits(
  actor: Actor,
  identityId: string,
  edits: FieldEdit[],
  options: Options = {},
): Promise<Identity> {
  return editFields(
    actor,
    identityId,
    edits,
    (document, { traits }) => {
      const fields = fieldsOf(document);
      refuseSecondTime(fields, traits, edits);
      return fields.filter((field) => isSelfEditable(field, undefined)).map(toField);
    },
    options,
  );
}

/**
 * An operator changes an identity: any trait that has a form field, identifiers included, and the other fields.
 * Conflicts as in `editOwnTraits`. Refuses also: `identifier_taken`, `external_id_taken`, and what `guard` throws.
 */
export async function editIdentity(
  actor: Actor,
  identityId: string,
  edits: FieldEdit[],
  options: Options = {},
): Promise<Identity> {
  return editFields(
    actor,
    identityId,
    edits,
    (document) => [...fieldsOf(document).map(toField), ...NON_TRAIT_FIELDS],
    options,
  );
}

async function editFields(
  actor: Actor,
  identityId: string,
  edits: FieldEdit[],
  editable: (document: JsonObject, current: Identity) => Field[],
  { guard, schema }: Options,
): Promise<Identity> {
  const base = schema ?? (await schemaOf(actor.projectId, identityId));
  const change = (current: Identity): Draft => {
    if (current.schemaId !== base.schemaId || current.schemaVersion !== base.version)
      throw new AppError('version_conflict');
    const fields = editable(base.document, current);
    const { traits, metadataPublic, metadataAdmin, externalId } = current;
    return mergeFields({ traits, metadataPublic, metadataAdmin, externalId }, fields, edits);
  };
  return changeIdentity(actor, identityId, change, { guard });
}

async function schemaOf(projectId: string, identityId: string): Promise<IdentitySchema> {
  const { schemaId, schemaVersion } = await getIdentity(projectId, identityId);
  return getSchema(projectId, schemaId, schemaVersion);
}

/**
 * What is written once is no longer open once it has a value. A form that was rendered before is a conflict first, as
 * for any field.
 */
function refuseSecondTime(fields: readonly SchemaField[], traits: JsonObject, edits: FieldEdit[]): void {
  const closed = fields.filter((field) => {
    const edit = edits.find(({ pointer }) => pointer === field.pointer);
    const isKnown = edit !== undefined && edit.base !== null && !isSameJson(edit.mine, edit.base);
    return field.selfService === 'writeOnce' && isKnown && !isSelfEditable(field, getAt(traits, field.path));
  });
  if (closed.length === 0) return;
  throw new AppError('invalid_traits', {
    violations: closed.map(({ pointer }) => ({ pointer, message: 'can be set only once', keyword: 'writeOnce' })),
  });
}

function toField({ pointer, path }: SchemaField): Field {
  return {
    pointer,
    get: ({ traits }) => getAt(traits, path) ?? null,
    set: (draft, value) => ({ ...draft, traits: setAt(draft.traits, path, value ?? undefined) }),
  };
}

const NON_TRAIT_FIELDS: Field[] = [
  {
    pointer: '/external_id',
    get: ({ externalId }) => externalId,
    set: (draft, value) => ({ ...draft, externalId: typeof value === 'string' ? value : null }),
  },
  {
    pointer: '/metadata_public',
    get: ({ metadataPublic }) => metadataPublic,
    set: (draft, metadataPublic) => ({ ...draft, metadataPublic }),
  },
  {
    pointer: '/metadata_admin',
    get: ({ metadataAdmin }) => metadataAdmin,
    set: (draft, metadataAdmin) => ({ ...draft, metadataAdmin }),
  },
];
