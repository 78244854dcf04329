import { recordEvent } from '@/lib/audit/service';
import { firstLocale, type Locale } from '@/lib/i18n/model';
import { findIdentityByIdentifier } from '@/lib/identity/service';
import { queueMail } from '@/lib/mail/service';
import type { Actor } from '@/lib/platform/actor';
import { isAddress, normalizeAddress } from '@/lib/platform/address';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import type { Project } from '@/lib/project/model';
import { findOrganization, getFirstProject, lockOrganization } from '@/lib/project/service';
import { isOperatorRole, type OperatorRole } from '@/lib/role/model';
import { guardOwnRole, hasOperators } from '@/lib/role/service';
import { DEFAULT_SCHEMA_ID, getSchema, traitViolations } from '@/lib/schema/service';
import type { OperatorInvitation } from '../model';
import { issueInvitation } from './issue';

export type InvitationLink = { link: string; expiresAt: Date };

export type InviteOperatorInput = {
  email: string;
  role: OperatorRole;
  /** Default: the first project's. */
  organizationId?: string;
  /** Also mails the link, in the language of the address's identity, default `locale`. */
  mail?: { locale: Locale; inviter: string } | undefined;
};

/**
 * Creates a one-time link to become an operator of an organization; revokes an earlier open one for the same address.
 * The caller shows the link, which is not stored. Operators are identities of the first project, which serves the
 * console.
 * Refuses: `forbidden` (the actor's role is lower, or it is not an operator), `invalid_input` at `/email` or `/role`.
 */
export async function inviteOperator(actor: Actor, input: InviteOperatorInput): Promise<InvitationLink> {
  const email = normalizeAddress(input.email);
  const { role } = input;
  if (!isOperatorRole(role)) throw refused('/role', 'This role does not exist');
  const project = await getFirstProject();
  const organizationId = input.organizationId ?? project.organizationId;
  return transaction(async (tx) => {
    await lockOrganization(tx, organizationId);
    await guardOwnRole(tx, actor, organizationId, [role]);
    const known = await findIdentityByIdentifier(project.id, email, tx);
    if (known?.operatorRoles.some((held) => held.organizationId === organizationId))
      throw refused('/email', 'This person is already an operator', 'taken');
    if (!known) await requireUsableAddress(tx, project, email);
    const invitedBy = actor.kind === 'operator' ? actor.id : null;
    const data = { projectId: project.id, organizationId, kind: 'operator' as const, email, role, invitedBy };
    const { invitation, token } = await issueInvitation(tx, data);
    const link = toLink(project, token, invitation);
    const details = { invitation_id: invitation.id, role };
    await recordEvent(tx, actor, { type: 'operator.invited', organizationId, details });
    if (input.mail)
      await mailLink(tx, project, invitation, link, firstLocale(known?.locale, input.mail.locale), input.mail);
    return link;
  });
}

/**
 * The first operator's setup link, for the terminal; every call creates a new one and revokes earlier ones. Null once
 * there is an operator.
 */
export async function ensureSetupLink(): Promise<string | null> {
  const project = await getFirstProject();
  return transaction(async (tx) => {
    await lockOrganization(tx, project.organizationId); // concurrent starts leave one link
    if (await hasOperators(project.organizationId, tx)) return null;
    const { id: projectId, organizationId } = project;
    const grants = { kind: 'setup' as const, email: null, role: 'owner' as const, invitedBy: null };
    const { invitation, token } = await issueInvitation(tx, { projectId, organizationId, ...grants });
    return toLink(project, token, invitation).link;
  });
}

function toLink(
  { origin }: Project,
  token: string,
  { expiresAt }: Pick<OperatorInvitation, 'expiresAt'>,
): InvitationLink {
  return { link: `${origin}/setup?token=${token}`, expiresAt };
}

async function mailLink(
  tx: Tx,
  { id }: Project,
  { email, role, organizationId }: OperatorInvitation,
  { link, expiresAt }: InvitationLink,
  locale: Locale,
  { inviter }: { inviter: string },
): Promise<void> {
  if (email === null) return;
  const organization = (await findOrganization(organizationId, tx))?.name ?? '';
  const params = { link, role, organization, inviter, expiresAt: expiresAt.getTime() };
  const mail = { kind: 'operator_invitation' as const, to: email, locale, params };
  await queueMail(tx, id, mail, { validUntil: expiresAt, limit: 'invitation' });
}

/**
 * Accepting the link creates an identity of the default schema with this address, so an address the schema does not
 * accept is refused now rather than on acceptance. Refuses: `invalid_input` at `/email`.
 */
async function requireUsableAddress(tx: Tx, { id }: Project, email: string): Promise<void> {
  const violations = traitViolations(await getSchema(id, DEFAULT_SCHEMA_ID, undefined, tx), { email });
  const isUsable = isAddress(email) && violations.every(({ pointer }) => pointer !== '/traits/email');
  if (!isUsable) throw refused('/email', `"${email}" is not an email address that the identity schema accepts`);
}

function refused(pointer: string, message: string, keyword = 'format'): AppError {
  return new AppError('invalid_input', { reason: message, violations: [{ pointer, message, keyword }] });
}
