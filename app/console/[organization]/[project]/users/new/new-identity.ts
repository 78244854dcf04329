import type { IdentityState } from '@/lib/identity/model';
import type { FieldEdit } from '@/lib/platform/edit';
import { type JsonObject, setAt } from '@/lib/platform/json';
import type { SchemaField } from '@/lib/schema/model';

export type NewIdentity = { schemaId: string; state: IdentityState; traits: JsonObject; externalId: string | null };

/** The form of a new user as one identity. Empty fields are omitted. */
export function toNewIdentity(
  fields: readonly Pick<SchemaField, 'pointer' | 'path'>[],
  edits: FieldEdit[],
  rest: Pick<NewIdentity, 'schemaId' | 'state'>,
): NewIdentity {
  const filled = edits.filter(({ mine }) => mine !== null);
  const traits = fields.reduce((made: JsonObject, { pointer, path }) => {
    const value = filled.find((edit) => edit.pointer === pointer)?.mine;
    return value === undefined ? made : setAt(made, path, value);
  }, {});
  const externalId = filled.find(({ pointer }) => pointer === '/external_id')?.mine;
  return { ...rest, traits, externalId: typeof externalId === 'string' ? externalId : null };
}
