import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { isUuid } from '@/lib/platform/ids';
import { lockOrganization } from '@/lib/project/service';
import { guardOwnRole } from '@/lib/role/service';
import { isOperatorInvitation } from '../model';
import * as rows from '../repository';

/** Revokes an operator invitation. Refuses: `not_found` (also once it is used), `forbidden`. */
export async function revokeInvitation(actor: Actor, organizationId: string, id: string): Promise<void> {
  await transaction(async (tx) => {
    await lockOrganization(tx, organizationId);
    const now = new Date();
    const criteria = { organizationId, kind: 'operator' as const, id };
    const invitation = (await rows.listOpen(criteria, now, {}, tx)).find(isOperatorInvitation);
    if (!invitation) throw new AppError('not_found');
    const { role } = invitation;
    await guardOwnRole(tx, actor, organizationId, [role]);
    if ((await rows.deleteOpen(tx, criteria, now)) === 0) throw new AppError('not_found');
    const details = { invitation_id: id, role };
    await recordEvent(tx, actor, { type: 'operator.invitation_revoked', organizationId, details });
  });
}

/** Revokes an open registration invitation. Refuses: `not_found`, also for another project's. */
export async function revokeRegistrationInvitation(actor: Actor, id: string): Promise<void> {
  if (!isUuid(id)) throw new AppError('not_found');
  const { projectId } = actor;
  await transaction(async (tx) => {
    const count = await rows.deleteOpen(tx, { projectId, kind: 'registration', id }, new Date());
    if (count === 0) throw new AppError('not_found');
    await recordEvent(tx, actor, { type: 'identity.invitation_revoked', details: { invitation_id: id } });
  });
}

/** On promotion: revokes every open invitation to these addresses (normalized), of any kind and organization. */
export async function revokeInvitationsTo(
  tx: Tx,
  actor: Actor,
  { projectId, emails }: { projectId: string; emails: string[] },
): Promise<void> {
  const now = new Date();
  for (const { id, kind, organizationId, role } of await rows.listOpen(
    { projectId, email: { in: emails } },
    now,
    {},
    tx,
  )) {
    if ((await rows.deleteOpen(tx, { projectId, id }, now)) === 0) continue;
    const details = { invitation_id: id, role, reason: 'promotion' };
    if (kind === 'operator')
      await recordEvent(tx, actor, { type: 'operator.invitation_revoked', organizationId, details });
  }
}
