import { normalizeAddress } from '@/lib/platform/address';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { isUuid } from '@/lib/platform/ids';
import type { Identity, StoredWhole } from '../model';
import * as rows from '../repository';

/** Null also for a malformed UUID and for another project's identity. */
export async function findIdentity(projectId: string, id: string, tx?: Tx): Promise<Identity | null> {
  const canonical = canonicalId(id);
  return canonical === null ? null : rows.findIdentity(projectId, canonical, tx);
}

/** RFC 9562 §4: input is case-insensitive. */
export function canonicalId(id: string): string | null {
  const canonical = id.toLowerCase();
  return isUuid(canonical) ? canonical : null;
}

/** Refuses: `not_found`. */
export async function getIdentity(projectId: string, id: string, tx?: Tx): Promise<Identity> {
  const identity = await findIdentity(projectId, id, tx);
  if (!identity) throw new AppError('not_found');
  return identity;
}

/** As `getIdentity`, in stored form for responses. Refuses: `not_found`. */
export async function getStored(projectId: string, id: string): Promise<StoredWhole> {
  const canonical = canonicalId(id);
  const stored = canonical === null ? null : await rows.findStored(projectId, canonical);
  if (!stored) throw new AppError('not_found');
  return stored;
}

/** By external ID, in stored form for responses. Refuses: `not_found`. */
export async function getStoredByExternalId(projectId: string, externalId: string): Promise<StoredWhole> {
  const stored = await rows.findStoredByExternalId(projectId, externalId);
  if (!stored) throw new AppError('not_found');
  return stored;
}

/** By identifier, case-insensitive. */
export async function findIdentityByIdentifier(projectId: string, address: string, tx?: Tx): Promise<Identity | null> {
  return rows.findByIdentifier(projectId, normalizeAddress(address), tx);
}
