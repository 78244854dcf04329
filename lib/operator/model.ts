import type { Passkey } from '@/lib/credential/model';
import type { Identity, IdentityState, OperatorRole } from '@/lib/identity/model';

/** An identity's role in an organization. Its holders may use the console. */
export type Operator = {
  id: string;
  organizationId: string;
  identityId: string;
  role: OperatorRole;
  createdAt: Date;
  updatedAt: Date;
};

/** An operator as others see them in the list of an organization. `since` is when they became one. */
export type ListedOperator = {
  identityId: string;
  name: string;
  email: string | null;
  state: IdentityState;
  role: OperatorRole;
  since: Date;
};

/** A one-time link that makes an operator: the very first one (`setup`), or one whom somebody invites (`operator`). */
export type Invitation = {
  id: string;
  organizationId: string;
  /** Where the identity lives that the link makes or names. */
  projectId: string;
  kind: 'setup' | 'operator';
  /** HMAC of the token in the link. */
  tokenHash: string;
  /** Normalised. Null for the first operator, who says it. */
  email: string | null;
  role: OperatorRole;
  createdAt: Date;
  expiresAt: Date;
  consumedAt: Date | null;
  /** The operator who invites, by identity id; null: the command line, the first start, or before this was kept. */
  invitedBy: string | null;
};

/** An invitation that nobody has used yet. The link itself is nowhere any more. */
export type OpenInvitation = Pick<Invitation, 'id' | 'role' | 'createdAt' | 'expiresAt'> & { email: string };

/**
 * What a link is good for now: `usable` by somebody new, `sign_in` when the address has an identity already (who signs in
 * and accepts), or `spent`.
 */
export type InvitationPreview =
  | { state: 'spent' }
  | {
      state: 'usable' | 'sign_in';
      kind: Invitation['kind'];
      email: string | null;
      role: OperatorRole;
      /** The name of the organization they are to help run. */
      organization: string;
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

/** From the highest to the lowest. */
export const OPERATOR_ROLES = ['owner', 'admin', 'viewer'] as const satisfies readonly OperatorRole[];

export const INVITATION_HOURS = 24;

export function isOperatorRole(value: unknown): value is OperatorRole {
  return OPERATOR_ROLES.some((role) => role === value);
}

/** Whether a role carries what another one does. An operator acts on roles up to their own only. */
export function isAtLeast(role: OperatorRole, needed: OperatorRole): boolean {
  return OPERATOR_ROLES.indexOf(role) <= OPERATOR_ROLES.indexOf(needed);
}

/** What names a removal in the confirmation of who promotes. */
export function removalKeys({ passkeys, identifiers }: Removals): string[] {
  return [...passkeys.map(({ id }) => id), ...identifiers].sort();
}

type RoleHolder = Pick<Identity, 'operatorRoles'>;

/** Whether an operator may act on somebody: on operators up to their own role in each organization, on everybody else. */
export function isWithinReach(actor: RoleHolder, target: RoleHolder): boolean {
  return target.operatorRoles.every(({ organizationId, role }) => {
    const own = actor.operatorRoles.find((held) => held.organizationId === organizationId);
    return own !== undefined && isAtLeast(own.role, role);
  });
}

/**
 * Whether an invitation is still backed by its inviter: they hold the role they invited with, and were active, without
 * a break since. `standing` tells of each operator of the organization since when both is so.
 */
export function isBacked(
  { invitedBy, createdAt }: Pick<Invitation, 'invitedBy' | 'createdAt'>,
  standing: ReadonlyMap<string, Date>,
): boolean {
  if (invitedBy === null) return true;
  const since = standing.get(invitedBy);
  return since !== undefined && since <= createdAt;
}

export function isSpent(invitation: Pick<Invitation, 'consumedAt' | 'expiresAt'>, now: Date): boolean {
  return invitation.consumedAt !== null || invitation.expiresAt <= now;
}
