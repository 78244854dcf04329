import { recordEvent } from '@/lib/audit/service';
import { normalizeAddress, type OperatorRole } from '@/lib/identity/model';
import { findIdentityByIdentifier } from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { hmac, randomToken } from '@/lib/platform/secret';
import type { Project } from '@/lib/project/model';
import { getFirstProject } from '@/lib/project/service';
import { DEFAULT_SCHEMA_ID, getSchema, traitViolations } from '@/lib/schema/service';
import { isAddress } from '@/lib/verification/model';
import {
  INVITATION_HOURS,
  type Invitation,
  type InvitationPreview,
  isAtLeast,
  isOperatorRole,
  isSpent,
} from '../model';
import * as rows from '../repository';

export type InvitationLink = { link: string; expiresAt: Date };

/**
 * Makes a one-time link by which somebody becomes an operator; an earlier unused one for the same address is void. Nothing is
 * mailed: the caller shows the link. Operators live in the first project, on whose host the console is.
 * Refuses: `forbidden` (the actor's own role is lower, or it is no operator), `invalid_input` at `/email` or `/role`.
 */
export async function inviteOperator(
  actor: Actor,
  input: { email: string; role: OperatorRole },
): Promise<InvitationLink> {
  const email = normalizeAddress(input.email);
  if (!isOperatorRole(input.role)) throw refused('/role', 'This role does not exist');
  const project = await getFirstProject();
  const { organizationId } = project;
  return transaction(async (tx) => {
    await guardInviter(tx, actor, organizationId, input.role);
    const known = await findIdentityByIdentifier(project.id, email, tx);
    if (known?.operatorRoles.some((held) => held.organizationId === organizationId))
      throw refused('/email', 'This person is an operator already');
    if (!known) await requireUsableAddress(tx, project, email);
    await rows.deleteOpenInvitations(tx, organizationId, 'operator', email);
    const { invitation, link } = await insertInvitation(tx, project, { kind: 'operator', email, role: input.role });
    const details = { invitation_id: invitation.id, role: invitation.role };
    await recordEvent(tx, actor, { type: 'operator.invited', details });
    return link;
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
    return (await insertInvitation(tx, project, { kind: 'setup', email: null, role: 'owner' })).link.link;
  });
}

/** Looks at a link without using it up: any number of GETs may do so. One of another project is as good as spent. */
export async function peekInvitation(projectId: string, token: string): Promise<InvitationPreview> {
  const invitation = await findUsableInvitation(token);
  if (invitation?.projectId !== projectId) return { state: 'spent' };
  const { kind, email, role } = invitation;
  const known = email === null ? null : await findIdentityByIdentifier(projectId, email);
  return { state: known ? 'sign_in' : 'usable', kind, email, role };
}

/** The invitation behind a link while it can be used: there, in time, and for the first operator while there is none. */
export async function findUsableInvitation(token: string, tx?: Tx): Promise<Invitation | null> {
  const invitation = await rows.findInvitation(hashToken(token), tx);
  if (!invitation || isSpent(invitation, new Date())) return null;
  const isLate = invitation.kind === 'setup' && (await rows.hasOperators(invitation.organizationId, tx));
  return isLate ? null : invitation;
}

export function hashToken(token: string): string {
  return hmac('invitation', token);
}

async function insertInvitation(
  tx: Tx,
  { id: projectId, organizationId, origin }: Project,
  data: Pick<Invitation, 'kind' | 'email' | 'role'>,
): Promise<{ invitation: Invitation; link: InvitationLink }> {
  const token = randomToken(32);
  const createdAt = new Date();
  const expiresAt = new Date(createdAt.getTime() + INVITATION_HOURS * 60 * 60 * 1000);
  const tokenHash = hashToken(token);
  const invitation = { id: newId(), organizationId, projectId, ...data, tokenHash, createdAt, expiresAt };
  await rows.insertInvitation(tx, { ...invitation, consumedAt: null });
  return {
    invitation: { ...invitation, consumedAt: null },
    link: { link: `${origin}/setup?token=${token}`, expiresAt },
  };
}

/** The machine's own command line may invite to any role; an operator up to their own, if it is more than looking. */
async function guardInviter(tx: Tx, actor: Actor, organizationId: string, role: OperatorRole): Promise<void> {
  if (actor.kind === 'cli' || actor.kind === 'system') return;
  const inviter = actor.kind === 'operator' && actor.id ? await rows.findOperator(organizationId, actor.id, tx) : null;
  if (!inviter || !isAtLeast(inviter.role, 'admin') || !isAtLeast(inviter.role, role)) throw new AppError('forbidden');
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

function refused(pointer: string, message: string): AppError {
  return new AppError('invalid_input', { reason: message, violations: [{ pointer, message }] });
}
