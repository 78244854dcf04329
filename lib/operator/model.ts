import type { Passkey } from '@/lib/credential/model';
import type { IdentityState } from '@/lib/identity/model';
import type { OperatorRole } from '@/lib/role/model';

/** An operator as others see them in the list of an organization. `since` is when they became one. */
export type ListedOperator = {
  identityId: string;
  name: string;
  email: string | null;
  state: IdentityState;
  role: OperatorRole;
  since: Date;
};

/** What a promotion takes from a person: whatever another party could have left in their account. */
export type Removals = {
  passkeys: Array<Pick<Passkey, 'id' | 'name' | 'createdAt'>>;
  /** Identifiers that they sign in with no longer; the traits stay. */
  identifiers: string[];
};

/** The removals of a promotion that were shown and confirmed. */
export type Confirmation = {
  /** As `removalKeys`. */
  removals: string[];
  /** What the operator signs in with; absent where it was not shown. */
  email?: string | null | undefined;
};

/** What a higher role would mean for an operator. */
export type PromotionPreview = {
  /** What they will sign in with, or null without an address. */
  email: string | null;
  isVerified: boolean;
  removals: Removals;
};

/**
 * How someone who is signed in takes up an invitation for their address: `accept` with the passkey they signed in with,
 * `create_passkey` as they came by a mailed code, or first `prove_mailbox`, by signing in with a mailed code.
 */
export type WayToAccept = 'accept' | 'create_passkey' | 'prove_mailbox';

/** What names a removal in the confirmation of who promotes. */
export function removalKeys({ passkeys, identifiers }: Removals): string[] {
  return [...passkeys.map(({ id }) => id), ...identifiers].sort();
}
