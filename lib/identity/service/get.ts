import { normalizeAddress } from '@/lib/platform/address';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { isUuid } from '@/lib/platform/ids';
import type { Identity } from '../model';
import * as rows from '../repository';

/** Null also for a malformed UUID and for another project's identity. */
export async function findIdentity(projectId: string, id: string, tx?: Tx): Promise<Identity | null> {
  const canonical = id.toLowerCase(); // RFC 9562 §4: input is case-insensitive
  return isUuid(canonical) ? rows.findIdentity(projectId, canonical, tx) : null;
}

/** Refuses: `not_found`. */
export async function getIdentity(projectId: string, id: string, tx?: Tx): Promise<Identity> {
  const identity = await findIdentity(projectId, id, tx);
  if (!identity) throw new AppError('not_found');
  return identity;
}

/** By external ID. Refuses: `not_found`. */
export async function getIdentityByExternalId(projectId: string, externalId: string, tx?: Tx): Promise<Identity> {
  const identity = await rows.findByExternalId(projectId, externalId, tx);
  if (!identity) throw new AppError('not_found');
  return identity;
}

/** By identifier, case-insensitive. */
export async function findIdentityByIdentifier(projectId: string, address: string, tx?: Tx): Promise<Identity | null> {
  return rows.findByIdentifier(projectId, normalizeAddress(address), tx);
}
