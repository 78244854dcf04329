/**
 * On which passkeys the active people of a project depend. A person is in exactly one of `without`, `oneDevice`,
 * `oneSynced` and `several`.
 */
export type FleetNumbers = {
  people: number;
  without: number;
  /** One passkey, on one device only. */
  oneDevice: number;
  /** One passkey, synced. */
  oneSynced: number;
  several: number;
  /** At least one synced passkey. */
  synced: number;
  /** Of `oneDevice`, those without an address for a sign-in code and without a recovery code: losing the device locks them out. */
  lockedOut: number;
  /** Of `oneDevice`, operators: they need a passkey to confirm changes in the console. */
  operators: number;
};

export function fleetNumbers(): FleetNumbers {
  return { people: 0, without: 0, oneDevice: 0, oneSynced: 0, several: 0, synced: 0, lockedOut: 0, operators: 0 };
}

export function addFleets(one: FleetNumbers, other: FleetNumbers): FleetNumbers {
  return {
    people: one.people + other.people,
    without: one.without + other.without,
    oneDevice: one.oneDevice + other.oneDevice,
    oneSynced: one.oneSynced + other.oneSynced,
    several: one.several + other.several,
    synced: one.synced + other.synced,
    lockedOut: one.lockedOut + other.lockedOut,
    operators: one.operators + other.operators,
  };
}

/** `countedAt` is null if the numbers are of this moment; numbers are null until the first count is done. */
export type Fleet = { numbers: FleetNumbers | null; countedAt: Date | null };

/** A person is invited to add a passkey at most once in this time. */
export const INVITATION_DAYS = 30;

export type InvitationStanding = {
  isActive: boolean;
  invitedAt: Date | null;
  passkeys: number;
  synced: number;
  isVerified: boolean;
};

/** Why a person is not invited to add a passkey; null: they are. Mails go to verified addresses only. */
export function notInvitedBecause(
  { isActive, invitedAt, passkeys, synced, isVerified }: InvitationStanding,
  now: Date,
): 'inactive' | 'not_needed' | 'no_address' | 'invited' | null {
  if (!isActive) return 'inactive';
  if (passkeys > 1 || synced > 0) return 'not_needed';
  if (!isVerified) return 'no_address';
  const isRecent = invitedAt !== null && now.getTime() - invitedAt.getTime() < INVITATION_DAYS * 24 * 60 * 60 * 1000;
  return isRecent ? 'invited' : null;
}
