import type { Actor } from '@/lib/platform/actor';
import { type EditableField, type FieldEdit, mergeFields } from '@/lib/platform/edit';
import { AppError } from '@/lib/platform/errors';
import { getAt, type JsonObject, setAt } from '@/lib/platform/json';
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
 * `invalid_traits`, `not_found`.
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
    (document) => fieldsOf(document).filter(isSelfEditable).map(toField),
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
  editable: (document: JsonObject) => Field[],
  { guard, schema }: Options,
): Promise<Identity> {
  const base = schema ?? (await schemaOf(actor.projectId, identityId));
  const fields = editable(base.document);
  const change = (current: Identity): Draft => {
    if (current.schemaId !== base.schemaId || current.schemaVersion !== base.version)
      throw new AppError('version_conflict');
    const { traits, metadataPublic, metadataAdmin, externalId } = current;
    return mergeFields({ traits, metadataPublic, metadataAdmin, externalId }, fields, edits);
  };
  return changeIdentity(actor, identityId, change, { guard });
}

async function schemaOf(projectId: string, identityId: string): Promise<IdentitySchema> {
  const { schemaId, schemaVersion } = await getIdentity(projectId, identityId);
  return getSchema(projectId, schemaId, schemaVersion);
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
