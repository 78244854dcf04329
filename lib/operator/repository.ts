import { ADDRESS_STATUSES, emailOf, IDENTITY_STATES } from '@/lib/identity/model';
import { displayName } from '@/lib/identity/model/name';
import { db } from '@/lib/platform/db/client';
import { toUnion } from '@/lib/platform/union';
import { OPERATOR_ROLES } from '@/lib/role/model';
import type { ListedOperator } from './model';

/** Oldest assignment first. Joins `role` rows with `identity` rows, so that the list takes one statement. */
export async function listOperators(organizationId: string): Promise<ListedOperator[]> {
  const rows = await (await db()).operator.findMany({
    where: { organizationId },
    include: { identity: { select: { traits: true, state: true, verifiableAddresses: { orderBy: { id: 'asc' } } } } },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ identityId, role, createdAt, identity }) => {
    const { traits, verifiableAddresses, state } = identity;
    const person = {
      traits: JSON.parse(traits),
      verifiableAddresses: verifiableAddresses.map((address) => ({
        ...address,
        via: 'email' as const,
        status: toUnion(ADDRESS_STATUSES, address.status),
      })),
    };
    return {
      identityId,
      name: displayName(person),
      email: emailOf(person),
      state: toUnion(IDENTITY_STATES, state),
      role: toUnion(OPERATOR_ROLES, role),
      since: createdAt,
    };
  });
}
