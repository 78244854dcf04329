import type { Actor } from '@/lib/platform/actor';
import type { Json } from '@/lib/platform/json';
import type { Identity } from '../model';

/** Who deleted an identity. */
export type DeletedBy = Pick<Actor, 'kind' | 'id'>;

/** What lists show of an identity in the recycle bin. */
export type DeletedSummary = {
  /** ID of the deletion: a UUID version 7, so its order is that of deletions. */
  id: string;
  projectId: string;
  identityId: string;
  /** Display name; empty without a name and an address. */
  name: string;
  identifiers: string[];
  passkeyCount: number;
  /** The roles it held. Restoring gives none back, but they decide who may act on it (contract 8.1). */
  operatorRoles: Identity['operatorRoles'];
  deletedBy: DeletedBy;
  deletedAt: Date;
  /** A job deletes it permanently then. */
  purgeAt: Date;
};

/** An identity in the recycle bin, as it was when it was deleted. */
export type DeletedIdentity = DeletedSummary & { identity: Identity };

/** A filter of the recycle bin; all words must match. */
export type DeletedFilter = { ids?: string[] | undefined; words?: string[] | undefined };

/**
 * What is restored differently, by JSON Pointer: a trait, `/external_id` or another field of an identity; null removes a
 * trait. `/credentials/passkey/<credential ID>: null` leaves out a passkey, `/credentials/passkey: null` all of them.
 */
export type RestoreChanges = Record<string, Json>;

export const PASSKEYS_POINTER = '/credentials/passkey';

export function passkeyPointer(credentialId: string): string {
  return `${PASSKEYS_POINTER}/${credentialId}`;
}

/** Why an identity cannot be restored unchanged: keywords of the violations of `restore_conflict`. */
export type RestoreObstacle =
  | 'identifier_taken'
  | 'external_id_taken'
  | 'unknown_schema'
  | 'passkey_already_registered'
  | 'user_handle_taken'
  | 'id_taken';

const DAY_MILLIS = 24 * 60 * 60 * 1000;

export function purgeTime(deletedAt: Date, days: number): Date {
  return new Date(deletedAt.getTime() + days * DAY_MILLIS);
}

/** What is typed to delete an identity in the recycle bin permanently. */
export function confirmationOf({ id, name, identifiers }: { id: string; name: string; identifiers: string[] }): string {
  return identifiers[0] ?? (name || id);
}

/** Part of the list of deletions, oldest first; positions are exclusive. */
export type DeletedWindow = {
  after?: string | null | undefined;
  before?: string | null | undefined;
  offset?: number;
  limit: number;
  /** Newest first. */
  isDescending?: boolean;
};
