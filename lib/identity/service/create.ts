import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { DEFAULT_SCHEMA_ID, getSchema, validateTraits } from '@/lib/schema/service';
import type { Identity } from '../model';
import * as rows from '../repository';
import { type CreateIdentityInput, creationDetails, newIdentity } from './build-identity';

/** Creates an identity. Refuses: `unknown_schema`, `invalid_traits`, `identifier_taken`, `external_id_taken`. */
export async function createIdentity(
  actor: Actor,
  input: CreateIdentityInput,
  { tx: outer }: { tx?: Tx } = {},
): Promise<Identity> {
  const schema = await getSchema(actor.projectId, input.schemaId ?? DEFAULT_SCHEMA_ID, undefined, outer);
  validateTraits(schema, input.traits);
  const identity = newIdentity(actor.projectId, schema, input);
  return transaction(async (tx) => {
    await rows.insertIdentity(tx, identity);
    await recordEvent(tx, actor, {
      type: 'identity.created',
      identityId: identity.id,
      details: creationDetails(identity),
    });
    return identity;
  }, outer);
}
