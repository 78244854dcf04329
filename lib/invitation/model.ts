import type { OperatorRole } from '@/lib/role/model';

/**
 * `setup` creates the first operator and `operator` another one, by a link. `registration` lets an address register in
 * a project that requires invitations; its mail contains no secret, because registration proves the address.
 */
export const INVITATION_KINDS = ['setup', 'operator', 'registration'] as const;
export type InvitationKind = (typeof INVITATION_KINDS)[number];

/** Usable once, before it expires. */
export type Invitation = {
  id: string;
  organizationId: string;
  /** The project in which the invited identity lives. */
  projectId: string;
  kind: InvitationKind;
  /** HMAC of the token in the link. */
  tokenHash: string;
  /** Normalized. Null for `setup`: the first operator enters their own address. */
  email: string | null;
  /** Null for `registration`. */
  role: OperatorRole | null;
  createdAt: Date;
  expiresAt: Date;
  consumedAt: Date | null;
  /** Identity ID of the inviting operator; null: the command line, the first start, or a row older than this column. */
  invitedBy: string | null;
};

/** An invitation that grants a role. */
export type OperatorInvitation = Invitation & { kind: 'setup' | 'operator'; role: OperatorRole };

/** An invitation in a list. Its link is not stored and cannot be shown again. */
export type OpenInvitation = Pick<OperatorInvitation, 'id' | 'role' | 'createdAt' | 'expiresAt'> & { email: string };
export type RegistrationInvitation = Pick<Invitation, 'id' | 'createdAt' | 'expiresAt'> & { email: string };

/**
 * State of an operator's link: `usable` for a new identity, `sign_in` if the address already has one, which signs in
 * and accepts, or `unusable` (used, revoked, expired or no longer backed).
 */
export type InvitationPreview =
  | { state: 'unusable' }
  | {
      state: 'usable' | 'sign_in';
      kind: OperatorInvitation['kind'];
      email: string | null;
      role: OperatorRole;
      organization: string;
    };

export const INVITATION_HOURS: Record<InvitationKind, number> = { setup: 24, operator: 24, registration: 14 * 24 };

/** The rule for all kinds; the repository has the same as a condition. */
export function isOpen({ consumedAt, expiresAt }: Pick<Invitation, 'consumedAt' | 'expiresAt'>, now: Date): boolean {
  return consumedAt === null && expiresAt > now;
}

export function isOperatorInvitation(invitation: Invitation): invitation is OperatorInvitation {
  return invitation.kind !== 'registration' && invitation.role !== null;
}

/**
 * Whether its inviter still backs an invitation: they must have been active in the same role since they created it.
 * `activeSince` has this time for each active operator of the organization.
 */
export function isBacked(
  { invitedBy, createdAt }: Pick<Invitation, 'invitedBy' | 'createdAt'>,
  activeSince: ReadonlyMap<string, Date>,
): boolean {
  if (invitedBy === null) return true;
  const since = activeSince.get(invitedBy);
  return since !== undefined && since <= createdAt;
}

/** RFC 2045 §6.7: longer lines are broken in a mail. */
const MAX_LINE_LENGTH = 76;

/** URL of the sign-in page, with the address filled in if it fits on one line of a mail. */
export function toRegistrationLink(origin: string, address: string): string {
  const link = `${origin}/login?email=${encodeURIComponent(address)}`;
  return link.length <= MAX_LINE_LENGTH ? link : `${origin}/login`;
}
