import type { Identity } from '@/lib/identity/model';
import { createIdentity, isAddressReserved } from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import { ConcurrentUpdateError, type Tx } from '@/lib/platform/db/transaction';
import { AppError, isAppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { type JsonObject, setAt } from '@/lib/platform/json';
import type { Project } from '@/lib/project/model';
import { addressFieldOf, fieldsOf, type IdentitySchema, isSelfEditable, type SchemaField } from '@/lib/schema/model';
import { DEFAULT_SCHEMA_ID, findSchema, traitViolations } from '@/lib/schema/service';
import * as rows from '../repository';

/** How an address becomes an identity: its path in the traits, and the fields the person fills in. */
export type RegistrationOffer = {
  schema: IdentitySchema;
  addressPath: string[];
  /** Empty if only the address is required. */
  fields: readonly SchemaField[];
};

/**
 * How this address would become an identity. Null if it is reserved for its previous owner, registration is closed or
 * requires an invitation the address does not have, or the default schema does not accept it or requires fields that
 * are not self-editable. The work depends only on the project's settings, never on the address.
 */
export async function findRegistration(project: Project, address: string, tx?: Tx): Promise<RegistrationOffer | null> {
  const { id, registration } = project;
  if (registration === 'closed') return null;
  const schema = await findSchema(id, DEFAULT_SCHEMA_ID, undefined, tx);
  const isReserved = await isAddressReserved(id, address, tx);
  const isAllowed = registration === 'open' || (await rows.isAnyOpen(invitationsTo(id, address), new Date(), tx));
  const found = schema && toRegistration(schema, address);
  return isAllowed && !isReserved ? found : null;
}

/** As `findRegistration`, regardless of invitations: null for an address that can never register here. */
export function toRegistration(schema: IdentitySchema, address: string): RegistrationOffer | null {
  const fields = fieldsOf(schema.document);
  const holder = addressFieldOf(fields);
  if (!holder) return null;
  const own = fields.filter((field) => isSelfEditable(field, undefined));
  const violations = traitViolations(schema, setAt({}, holder.path, address));
  const canBeFilledIn = ({ pointer }: { pointer: string }) =>
    own.some((field) => field.pointer === pointer || field.pointer.startsWith(`${pointer}/`));
  if (!violations.every(canBeFilledIn)) return null;
  return { schema, addressPath: holder.path, fields: violations.length === 0 ? [] : own };
}

/**
 * Creates the identity of a proven address, as its own act, and consumes its invitation, in the caller's transaction. The unique index
 * decides between concurrent registrations: the slower one retries everything and then finds the identity.
 * Refuses: `invitation_used_or_expired` (such as revoked concurrently), `invalid_traits`.
 */
export async function register(
  tx: Tx,
  client: Pick<Actor, 'requestId' | 'address'>,
  project: Project,
  address: string,
  traits: JsonObject,
): Promise<Identity> {
  const { requestId, address: clientAddress } = client;
  const id = newId();
  const self: Actor = { projectId: project.id, kind: 'identity', id, requestId, address: clientAddress };
  const identity = await createIdentity(self, { id, traits, verifiedAddresses: [address] }, { tx }).catch(
    (error: unknown) => {
      if (isAppError(error) && error.code === 'identifier_taken') throw new ConcurrentUpdateError();
      throw error;
    },
  );
  const spent = await rows.consumeOpen(tx, invitationsTo(project.id, address), new Date());
  if (project.registration === 'invitation' && spent === 0) throw new AppError('invitation_used_or_expired');
  return identity;
}

function invitationsTo(projectId: string, email: string): rows.Criteria {
  return { projectId, kind: 'registration', email };
}
