import { recordEvent } from '@/lib/audit/service';
import { getIdentity, touchIdentity } from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import type { Organization } from '@/lib/project/model';
import { addOrganization, type OrganizationFields } from '@/lib/project/service';
import { assignRole } from '@/lib/role/service';

/**
 * Creates an organization and makes the actor its owner. Requires the actor to be an owner of any organization.
 * Refuses: `forbidden`, `invalid_input`, `slug_taken`.
 */
export async function createOrganization(
  actor: Actor,
  input: OrganizationFields & { consoleNeedsPasskey?: boolean },
): Promise<Organization> {
  return transaction(async (tx) => {
    const founder = actor.id ?? '';
    // Lock the identity's row first, which serializes this with its deletion or deactivation.
    await touchIdentity(tx, actor.projectId, founder);
    const { state, operatorRoles } = await getIdentity(actor.projectId, founder, tx);
    if (state !== 'active' || !operatorRoles.some(({ role }) => role === 'owner')) throw new AppError('forbidden');
    const organization = await addOrganization(tx, actor, input);
    const { id: organizationId, createdAt } = organization;
    await assignRole(tx, { organizationId, identityId: founder }, 'owner', createdAt);
    await recordEvent(tx, actor, {
      type: 'operator.added',
      identityId: founder,
      organizationId,
      details: { role: 'owner' },
    });
    return organization;
  });
}
