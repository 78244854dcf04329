import { endOfIdentity } from '@/lib/application-session/service';
import { diffJson } from '@/lib/audit/model';
import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { normalizeAddress } from '@/lib/platform/address';
import { ConcurrentUpdateError, type Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { getAt } from '@/lib/platform/json';
import { identifierFieldsOf, type SchemaField } from '@/lib/schema/model';
import { getSchema } from '@/lib/schema/service';
import type { Identity } from '../model';
import * as rows from '../repository';
import { visible } from './build-identity';
import { deriveAddresses } from './derive-addresses';
import { endEmailChanges } from './email-change';

/**
 * Restricts sign-in to this address (normalized) and revokes everything issued before: raises the epoch and invalidates
 * links that restore an earlier address. Traits are kept, but no other trait identifies, even after later changes.
 * Refuses: `promotion_refused`, naming the field, if the address is in no field visible to the person.
 */
export async function confineIdentity(tx: Tx, actor: Actor, before: Identity, address: string): Promise<Identity> {
  const field = await fieldOf(tx, before, address);
  const now = new Date();
  const after = {
    ...before,
    identifierPointer: field.pointer,
    revocationEpoch: before.revocationEpoch + 1,
    version: before.version + 1,
    updatedAt: now,
    ...deriveAddresses([address], before, {}, now),
  };
  if (!(await rows.updateIdentity(tx, before, after))) throw new ConcurrentUpdateError();
  await endOfIdentity(tx, before);
  await endEmailChanges(tx, before.projectId, before.id);
  const changes = diffJson(visible(before), visible(after));
  if (Object.keys(changes).length > 0)
    await recordEvent(tx, actor, {
      type: 'identity.updated',
      identityId: before.id,
      details: { changes, revoked: true },
    });
  return after;
}

async function fieldOf(tx: Tx, identity: Identity, address: string): Promise<SchemaField> {
  const { projectId, schemaId, schemaVersion, traits, identifierPointer } = identity;
  const { document } = await getSchema(projectId, schemaId, schemaVersion, tx);
  const fields = identifierFieldsOf(document, identifierPointer).filter(({ path }) => {
    const value = getAt(traits, path);
    return typeof value === 'string' && normalizeAddress(value) === address;
  });
  const field = fields.find(({ selfService }) => selfService !== 'hidden');
  if (field) return field;
  const pointer = fields[0]?.pointer ?? '/traits';
  const message = fields[0]
    ? 'is hidden from the person and cannot be their only identifier'
    : 'has no such identifier';
  throw new AppError('promotion_refused', {
    reason: `${pointer} ${message}`,
    violations: [{ pointer, message, keyword: 'identifier' }],
  });
}
