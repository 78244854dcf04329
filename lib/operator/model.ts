import type { Passkey } from '@/lib/credential/model';
import type { IdentityState } from '@/lib/identity/model';
import type { OperatorRole } from '@/lib/role/model';

/** An operator in the list of an organization. `since` is when they became one. */
export type ListedOperator = {
  identityId: string;
  name: string;
  email: string | null;
  state: IdentityState;
  role: OperatorRole;
  since: Date;
};

/** Passkeys and identifiers that a promotion removes, because another party could have planted them. */
export type Removals = {
  passkeys: Array<Pick<Passkey, 'id' | 'name' | 'createdAt'>>;
  /** Identifiers that no longer sign in; the traits stay. */
  identifiers: string[];
};

/** The removals of a promotion as shown to and confirmed by the promoter. */
export type Confirmation = {
  /** As `removalKeys`. */
  removals: string[];
  /** The operator's sign-in address; absent if it was not shown. */
  email?: string | null | undefined;
};

/** The effects of a higher role on an operator's account. */
export type PromotionPreview = {
  /** The address that will sign in, or null if there is none. */
  email: string | null;
  isVerified: boolean;
  removals: Removals;
};

/**
 * How a signed-in identity accepts an invitation for its address: `accept` with the passkey of the session,
 * `create_passkey` after signing in with a mailed code, or `prove_mailbox` first, by signing in with a mailed code.
 */
export type AcceptanceStep = 'accept' | 'create_passkey' | 'prove_mailbox';

/** Keys that identify the removals in the promoter's confirmation. */
export function removalKeys({ passkeys, identifiers }: Removals): string[] {
  return [...passkeys.map(({ id }) => id), ...identifiers].sort();
}
