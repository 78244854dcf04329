import { recordEvent } from '@/lib/audit/service';
import { firstLocale, type Locale } from '@/lib/i18n/model';
import { normalizeAddress, type OperatorRole } from '@/lib/identity/model';
import { findIdentityByIdentifier } from '@/lib/identity/service';
import { queueMail } from '@/lib/mail/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { hmac, randomToken } from '@/lib/platform/secret';
import type { Project } from '@/lib/project/model';
import { findOrganization, getFirstProject } from '@/lib/project/service';
import { DEFAULT_SCHEMA_ID, getSchema, traitViolations } from '@/lib/schema/service';
import { isAddress } from '@/lib/verification/model';
import {
  INVITATION_HOURS,
  type Invitation,
  type InvitationPreview,
  isBacked,
  isOperatorRole,
  isSpent,
  type OpenInvitation,
} from '../model';
import * as rows from '../repository';
import { guardOwnRole } from './roles';

export type InvitationLink = { link: string; expiresAt: Date };

export type OperatorInvitation = {
  email: string;
  role: OperatorRole;
  /** That of the first project where nothing is said. */
  organizationId?: string;
  /** Mails the link as well, in the words of whoever is known under the address, else in these. */
  mail?: { locale: Locale; inviter: string } | undefined;
};

/**
 * Makes a one-time link by which somebody becomes an operator of an organization; an earlier unused one for the same address is
 * void. The caller shows the link, which cannot be read again. Operators live in the first project, on whose host the console is.
 * Refuses: `forbidden` (the actor's own role is lower, or it is no operator), `invalid_input` at `/email` or `/role`.
 */
export async function inviteOperator(actor: Actor, input: OperatorInvitation): Promise<InvitationLink> {
  const email = normalizeAddress(input.email);
  const { role } = input;
  if (!isOperatorRole(role)) throw refused('/role', 'This role does not exist');
  const project = await getFirstProject();
  const organizationId = input.organizationId ?? project.organizationId;
  return transaction(async (tx) => {
    await rows.lockOrganization(tx, organizationId);
    await guardOwnRole(tx, actor, organizationId, [role]);
    const known = await findIdentityByIdentifier(project.id, email, tx);
    if (known?.operatorRoles.some((held) => held.organizationId === organizationId))
      throw refused('/email', 'This person is an operator already', 'taken');
    if (!known) await requireUsableAddress(tx, project, email);
    await rows.deleteOpenInvitations(tx, organizationId, 'operator', email);
    const invitedBy = actor.kind === 'operator' ? actor.id : null;
    const data = { kind: 'operator' as const, organizationId, email, role, invitedBy };
    const { invitation, link } = await insertInvitation(tx, project, data);
    const details = { invitation_id: invitation.id, organization_id: organizationId, role };
    await recordEvent(tx, actor, { type: 'operator.invited', details });
    if (input.mail)
      await mailLink(tx, project, invitation, link, firstLocale(known?.locale, input.mail.locale), input.mail);
    return link;
  });
}

/** The newest first. */
export async function listOpenInvitations(organizationId: string): Promise<OpenInvitation[]> {
  const [open, standing] = await Promise.all([
    rows.listOpenInvitations(organizationId, new Date()),
    rows.findStanding(organizationId),
  ]);
  const backed = open.filter((invitation) => isBacked(invitation, standing));
  return backed.map(({ id, email, role, createdAt, expiresAt }) => ({
    id,
    email: email ?? '',
    role,
    createdAt,
    expiresAt,
  }));
}

/** Takes an invitation back: its link opens nothing any more. Refuses: `not_found` (also once it was used), `forbidden`. */
export async function revokeInvitation(actor: Actor, organizationId: string, id: string): Promise<void> {
  await transaction(async (tx) => {
    await rows.lockOrganization(tx, organizationId);
    const invitation = await rows.findOpenInvitation(tx, organizationId, id);
    if (!invitation) throw new AppError('not_found');
    const { role } = invitation;
    await guardOwnRole(tx, actor, organizationId, [role]);
    if (!(await rows.deleteInvitation(tx, invitation))) throw new AppError('not_found');
    const details = { invitation_id: id, organization_id: organizationId, role };
    await recordEvent(tx, actor, { type: 'operator.invitation_revoked', details });
  });
}

/**
 * The link by which the first operator sets things up, for the terminal; every call makes a new one and voids those before.
 * Null once there is an operator.
 */
export async function ensureSetupLink(): Promise<string | null> {
  const project = await getFirstProject();
  return transaction(async (tx) => {
    await rows.lockOrganization(tx, project.organizationId); // of several processes that start at once, one link stays
    if (await rows.hasOperators(project.organizationId, tx)) return null;
    await rows.deleteOpenInvitations(tx, project.organizationId, 'setup', null);
    const { organizationId } = project;
    const data = { kind: 'setup' as const, organizationId, email: null, role: 'owner' as const, invitedBy: null };
    return (await insertInvitation(tx, project, data)).link.link;
  });
}

/** Looks at a link without using it up: any number of GETs may do so. One of another project is as good as spent. */
export async function peekInvitation(projectId: string, token: string): Promise<InvitationPreview> {
  const invitation = await findUsableInvitation(token);
  if (invitation?.projectId !== projectId) return { state: 'spent' };
  const { kind, email, role, organizationId } = invitation;
  const known = email === null ? null : await findIdentityByIdentifier(projectId, email);
  const organization = (await findOrganization(organizationId))?.name ?? '';
  return { state: known ? 'sign_in' : 'usable', kind, email, role, organization };
}

/**
 * The invitation behind a link while it can be used: there, in time, backed by its inviter, and for the first
 * operator while there is none.
 */
export async function findUsableInvitation(token: string, tx?: Tx): Promise<Invitation | null> {
  const invitation = await rows.findInvitation(hashToken(token), tx);
  if (!invitation || isSpent(invitation, new Date())) return null;
  const { kind, organizationId } = invitation;
  const isLate = kind === 'setup' && (await rows.hasOperators(organizationId, tx));
  return isLate || !isBacked(invitation, await rows.findStanding(organizationId, tx)) ? null : invitation;
}

export function hashToken(token: string): string {
  return hmac('invitation', token);
}

async function insertInvitation(
  tx: Tx,
  { id: projectId, origin }: Project,
  data: Pick<Invitation, 'kind' | 'organizationId' | 'email' | 'role' | 'invitedBy'>,
): Promise<{ invitation: Invitation; link: InvitationLink }> {
  const token = randomToken(32);
  const createdAt = new Date();
  const expiresAt = new Date(createdAt.getTime() + INVITATION_HOURS * 60 * 60 * 1000);
  const tokenHash = hashToken(token);
  const invitation = { id: newId(), projectId, ...data, tokenHash, createdAt, expiresAt };
  await rows.insertInvitation(tx, { ...invitation, consumedAt: null });
  return {
    invitation: { ...invitation, consumedAt: null },
    link: { link: `${origin}/setup?token=${token}`, expiresAt },
  };
}

async function mailLink(
  tx: Tx,
  { id }: Project,
  { email, role, organizationId }: Invitation,
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
 * Whoever follows the link gets an identity of the default schema with this address: what that schema will not take is refused
 * now, not when they stand at the door. Refuses: `invalid_input` at `/email`.
 */
async function requireUsableAddress(tx: Tx, { id }: Project, email: string): Promise<void> {
  const violations = traitViolations(await getSchema(id, DEFAULT_SCHEMA_ID, undefined, tx), { email });
  const isUsable = isAddress(email) && violations.every(({ pointer }) => pointer !== '/traits/email');
  if (!isUsable) throw refused('/email', `"${email}" is not an email address that the identity schema takes`);
}

function refused(pointer: string, message: string, keyword = 'format'): AppError {
  return new AppError('invalid_input', { reason: message, violations: [{ pointer, message, keyword }] });
}
