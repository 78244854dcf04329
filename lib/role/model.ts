/** Highest first. */
export const OPERATOR_ROLES = ['owner', 'admin', 'viewer'] as const;
export type OperatorRole = (typeof OPERATOR_ROLES)[number];

/** An identity's role in an organization. Any role gives access to the console. */
export type RoleAssignment = {
  id: string;
  organizationId: string;
  identityId: string;
  role: OperatorRole;
  createdAt: Date;
  updatedAt: Date;
};

export type HeldRole = Pick<RoleAssignment, 'organizationId' | 'role'>;

/** An identity with its roles in all organizations. */
type RoleHolder = { operatorRoles: HeldRole[] };

export function isOperatorRole(value: unknown): value is OperatorRole {
  return OPERATOR_ROLES.some((role) => role === value);
}

/** Whether `role` includes the permissions of `needed`. */
export function isAtLeast(role: OperatorRole, needed: OperatorRole): boolean {
  return OPERATOR_ROLES.indexOf(role) <= OPERATOR_ROLES.indexOf(needed);
}

/**
 * Whether an operator may act on an identity: on other operators up to the actor's own role in each organization, and
 * on identities without a role (contract 8.1).
 */
export function isWithinReach(actor: RoleHolder, target: RoleHolder): boolean {
  return target.operatorRoles.every(({ organizationId, role }) => {
    const own = actor.operatorRoles.find((held) => held.organizationId === organizationId);
    return own !== undefined && isAtLeast(own.role, role);
  });
}
