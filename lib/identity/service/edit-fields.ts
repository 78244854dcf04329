import type { Actor } from '@/lib/platform/actor';
import { AppError, type Conflict } from '@/lib/platform/errors';
import { getAt, isSameJson, type Json, type JsonObject, setAt } from '@/lib/platform/json';
import { fieldsOf, isSelfEditable, type SchemaField } from '@/lib/schema/model';
import { getSchema } from '@/lib/schema/service';
import type { Guard, Identity } from '../model';
import { changeIdentity } from './change';
import { getIdentity } from './get';

/** One field of a form: what it showed when the page was made, and what was sent. Null means empty. */
export type FieldEdit = { pointer: string; base: Json; mine: Json };

/** A place in an identity that a form may write to. */
type Field = { pointer: string; get: (from: Draft) => Json; set: (into: Draft, value: Json) => Draft };
type Draft = Pick<Identity, 'traits' | 'metadataPublic' | 'metadataAdmin' | 'externalId'>;

/**
 * A person changes their own traits. Only fields that the schema opens for self-service count, never an identifier; the
 * rest of what was sent is not looked at. A field that somebody else changed meanwhile is neither overwritten nor lost:
 * unless both want the same, nothing is written and the refusal shows both values.
 * Refuses: `version_conflict` with `conflicts`, `invalid_traits`, `not_found`.
 */
export async function editOwnTraits(actor: Actor, identityId: string, edits: FieldEdit[]): Promise<Identity> {
  return editFields(actor, identityId, edits, (document) => fieldsOf(document).filter(isSelfEditable).map(toField));
}

/**
 * An operator changes an identity: any trait that a form has a field for, identifiers too, and what lies beside the traits.
 * Conflicts as above. Refuses also: `identifier_taken`, `external_id_taken`, and what `guard` throws.
 */
export async function editIdentity(
  actor: Actor,
  identityId: string,
  edits: FieldEdit[],
  guard?: Guard,
): Promise<Identity> {
  return editFields(actor, identityId, edits, (document) => [...fieldsOf(document).map(toField), ...BESIDE], guard);
}

async function editFields(
  actor: Actor,
  identityId: string,
  edits: FieldEdit[],
  editable: (document: JsonObject) => Field[],
  guard?: Guard,
): Promise<Identity> {
  const seen = await getIdentity(actor.projectId, identityId);
  const { document } = await getSchema(actor.projectId, seen.schemaId, seen.schemaVersion);
  const fields = editable(document);
  const change = (current: Identity): Draft => {
    // The schema was looked up for this version of it; should that have moved, the person looks again.
    if (current.schemaId !== seen.schemaId || current.schemaVersion !== seen.schemaVersion)
      throw new AppError('version_conflict');
    return merged(current, fields, edits);
  };
  return changeIdentity(actor, identityId, change, { guard });
}

/** Refuses: `version_conflict` with every field that two people want to be different. */
function merged(current: Identity, fields: Field[], edits: FieldEdit[]): Draft {
  const { traits, metadataPublic, metadataAdmin, externalId } = current;
  const conflicts: Conflict[] = [];
  let draft: Draft = { traits, metadataPublic, metadataAdmin, externalId };
  for (const { pointer, get, set } of fields) {
    const edit = edits.find((candidate) => candidate.pointer === pointer);
    if (!edit || isSameJson(edit.mine, edit.base)) continue;
    const theirs = get(draft);
    if (!isSameJson(theirs, edit.base) && !isSameJson(theirs, edit.mine)) conflicts.push({ ...edit, theirs });
    draft = set(draft, edit.mine);
  }
  if (conflicts.length > 0) throw new AppError('version_conflict', { conflicts });
  return draft;
}

function toField({ pointer, path }: SchemaField): Field {
  return {
    pointer,
    get: ({ traits }) => getAt(traits, path) ?? null,
    set: (draft, value) => ({ ...draft, traits: setAt(draft.traits, path, value ?? undefined) }),
  };
}

const BESIDE: Field[] = [
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
