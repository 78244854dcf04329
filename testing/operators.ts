import { emailOf, type Identity } from '@/lib/identity/model';
import { getIdentity, markAddressVerified } from '@/lib/identity/service';
import { peekInvitation } from '@/lib/invitation/service';
import { removalKeys } from '@/lib/operator/model';
import { changeRole, previewPromotion, proveInvitationMailbox, sendInvitationCode } from '@/lib/operator/service';
import type { Organization, Project } from '@/lib/project/model';
import { addOrganization } from '@/lib/project/service';
import type { OperatorRole } from '@/lib/role/model';
import { assignRole, findAssignment } from '@/lib/role/service';
import { type Actor, cliActor } from '../lib/platform/actor';
import { transaction } from '../lib/platform/db/transaction';
import { newId } from '../lib/platform/ids';
import { codeAndLink, lastMailTo } from './outbox';
import { ADDRESS, actorOf, BROWSER, makePerson } from './people';

/** An identity of this project with a role in an organization. */
export async function makeOperator(
  project: Project,
  role: OperatorRole,
  organizationId = project.organizationId,
): Promise<Identity> {
  const person = await makePerson(project, { first: role });
  await transaction((tx) => markAddressVerified(tx, cliActor(project.id), person.id, emailOf(person) ?? ''));
  return grantRole(person, role, organizationId);
}

/** Grants a role as version 0.1.0 did: nothing in the account is revoked. */
export async function grantRole(person: Identity, role: OperatorRole, organizationId: string): Promise<Identity> {
  await transaction((tx) => assignRole(tx, { organizationId, identityId: person.id }, role));
  return getIdentity(person.projectId, person.id);
}

export function operatorActor(identity: Identity): Actor {
  return { ...actorOf(identity), kind: 'operator' };
}

/** The present role of an identity in an organization, or null. */
export async function roleIn(organizationId: string, identityId: string): Promise<OperatorRole | null> {
  return (await findAssignment(organizationId, identityId))?.role ?? null;
}

/** An organization without projects and operators. */
export function makeOrganization(project: Project, name = 'Acme'): Promise<Organization> {
  const slug = `o-${newId().slice(-12)}`;
  return transaction((tx) => addOrganization(tx, cliActor(project.id), { name, slug }));
}

/**
 * Verifies the mailbox of an invited identity on the invitation page. The first operator's setup link does not require
 * it.
 */
export async function proveMailbox(project: Project, token: string, browserHash = BROWSER): Promise<void> {
  const preview = await peekInvitation(project.id, token);
  if (preview.state !== 'usable' || preview.email === null) return;
  const visit = { projectId: project.id, origin: project.origin, requestId: newId(), address: ADDRESS };
  await sendInvitationCode(visit, { token, browserHash, locale: 'en' });
  const { code } = codeAndLink(await lastMailTo(preview.email));
  await proveInvitationMailbox(visit, { token, browserHash, code });
}

/** Changes an operator's role, confirming what that removes. */
export async function confirmRole(
  actor: Actor,
  organizationId: string,
  identityId: string,
  role: OperatorRole,
): Promise<void> {
  const { email, removals } = await previewPromotion(organizationId, identityId);
  await changeRole(actor, organizationId, identityId, role, { removals: removalKeys(removals), email });
}
