'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { displayName } from '@/lib/identity/model/name';
import { getIdentity } from '@/lib/identity/service';
import * as invitations from '@/lib/invitation/service';
import * as operators from '@/lib/operator/service';
import { OPERATOR_ROLES } from '@/lib/role/model';
import * as roles from '@/lib/role/service';
import { type OrganizationProof, organizationAction } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';

/** Operators of an organization. Each service checks the actor's reach against the role at that moment. */
const id = z.string().max(100);
const role = z.enum(OPERATOR_ROLES);

export const invite = organizationAction(
  { role: 'admin', fresh: true, input: z.strictObject({ email: z.string().max(1000), role, isMailed: z.boolean() }) },
  async ({ actor, organization, person }, { isMailed, ...input }) => {
    const { identity } = person;
    const mail = isMailed ? { locale: await getLocale(identity.locale), inviter: displayName(identity) } : undefined;
    const made = await invitations.inviteOperator(actor, { ...input, organizationId: organization.id, mail });
    refresh(organization);
    return made;
  },
);

export const revoke = organizationAction(
  { role: 'admin', fresh: true, input: z.strictObject({ id }) },
  async ({ actor, organization }, input) => {
    await invitations.revokeInvitation(actor, organization.id, input.id);
    refresh(organization);
  },
);

/** What a promotion would remove, for its confirmation. Only for accounts within the actor's reach. */
export const previewPromotion = organizationAction(
  { role: 'admin', fresh: false, input: z.strictObject({ identityId: id }) },
  async ({ organization, person }, { identityId }) => {
    const preview = await operators.previewPromotion(organization.id, identityId);
    roles.guardReach(person.identity, await getIdentity(person.project.id, identityId));
    return preview;
  },
);

/** What the dialog showed: `confirmed` are its `removalKeys`. */
export const changeRole = organizationAction(
  {
    role: 'admin',
    fresh: true,
    input: z.strictObject({
      identityId: id,
      role,
      confirmed: z.array(z.string().max(1000)).max(200),
      email: z.string().max(1000).nullable().optional(),
    }),
  },
  async ({ actor, organization }, { identityId, confirmed: removals, email, ...input }) => {
    await operators.changeRole(actor, organization.id, identityId, input.role, { removals, email });
    refresh(organization);
  },
);

/** Anyone may leave; removing others takes more than a viewer, which the service checks. */
export const remove = organizationAction(
  { role: 'viewer', fresh: true, input: z.strictObject({ identityId: id }) },
  async ({ actor, organization }, { identityId }) => {
    await operators.removeOperator(actor, organization.id, identityId);
    // An operator who left may no longer see this page: the browser navigates away by itself.
    if (identityId !== actor.id) refresh(organization);
  },
);

function refresh({ slug }: OrganizationProof['organization']): void {
  revalidatePath(`/console/${slug}`, 'layout');
}
