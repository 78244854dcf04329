import { recordEvent } from '@/lib/audit/service';
import type { Locale } from '@/lib/i18n/model';
import { normalizeAddress } from '@/lib/identity/model';
import { findIdentityByIdentifier, isAddressReserved } from '@/lib/identity/service';
import { mailboxOf } from '@/lib/mail/model';
import { queueMail } from '@/lib/mail/service';
import type { Actor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { isUuid, newId } from '@/lib/platform/ids';
import { hmac, randomToken } from '@/lib/platform/secret';
import { getProject } from '@/lib/project/service';
import { hit } from '@/lib/rate-limit/service';
import { DEFAULT_SCHEMA_ID, getSchema } from '@/lib/schema/service';
import { isAddress, REGISTRATION_INVITATION_DAYS, type RegistrationInvitation, toRegistrationLink } from '../model';
import * as rows from '../repository';
import { toRegistration } from './register-identity';

export type InviteInput = {
  /** As typed. */
  email: string;
  locale: Locale;
  /** The name of who invites, for the mail. */
  inviter?: string;
};

const MAX_PER_DAY = 5;
const DAY_SECONDS = 24 * 60 * 60;

/**
 * Lets an address register where that needs an invitation, and mails it that it may; an earlier one for it ends. The mail
 * carries no secret: what counts is that its reader proves the address.
 * Refuses: `invalid_input` at `/email` (no address, not for the schema, `taken`), `forbidden` where registration is not by
 * invitation, `rate_limited`.
 */
export async function inviteToRegister(actor: Actor, input: InviteInput): Promise<RegistrationInvitation> {
  const email = normalizeAddress(input.email);
  const { id: projectId, organizationId, origin, registration } = await getProject(actor.projectId);
  if (registration !== 'invitation') throw new AppError('forbidden');
  const schema = await getSchema(projectId, DEFAULT_SCHEMA_ID);
  if (!isAddress(email) || !toRegistration(schema, email)) throw refused('is no address for the schema', 'format');
  const isTaken = (await findIdentityByIdentifier(projectId, email)) || (await isAddressReserved(projectId, email));
  if (isTaken) throw refused('has an account already', 'taken');
  const key = `${projectId}\0${mailboxOf(email)}`;
  await hit({ name: 'registration-invitation', key, max: MAX_PER_DAY, windowSeconds: DAY_SECONDS });
  const createdAt = new Date();
  const expiresAt = new Date(createdAt.getTime() + REGISTRATION_INVITATION_DAYS * DAY_SECONDS * 1000);
  const invitation: RegistrationInvitation = { id: newId(), email, createdAt, expiresAt };
  const params = { link: toRegistrationLink(origin, email), expiresAt: expiresAt.getTime() };
  await transaction(async (tx) => {
    await rows.deleteInvitations(tx, projectId, { email }, createdAt);
    // Nobody is given this token: the address is what proves it.
    const tokenHash = hmac('invitation', randomToken());
    await rows.insertInvitation(tx, { ...invitation, projectId, organizationId, tokenHash });
    await queueMail(
      tx,
      projectId,
      {
        kind: 'registration_invitation',
        to: email,
        locale: input.locale,
        params: { ...params, inviter: input.inviter },
      },
      { validUntil: expiresAt },
    );
    await recordEvent(tx, actor, { type: 'identity.invited', details: { invitation_id: invitation.id } });
  });
  return invitation;
}

/** Those that are still good, the newest first: before one of them, or after. */
export async function listRegistrationInvitations(
  projectId: string,
  page: rows.InvitationPage,
): Promise<RegistrationInvitation[]> {
  return rows.listInvitations(projectId, new Date(), page);
}

/** Takes one back that nobody has used. Refuses: `not_found`, also for another project's. */
export async function revokeRegistrationInvitation(actor: Actor, id: string): Promise<void> {
  if (!isUuid(id)) throw new AppError('not_found');
  await transaction(async (tx) => {
    const count = await rows.deleteInvitations(tx, actor.projectId, { id }, new Date());
    if (count === 0) throw new AppError('not_found');
    await recordEvent(tx, actor, { type: 'identity.invitation_revoked', details: { invitation_id: id } });
  });
}

function refused(message: string, keyword: string): AppError {
  return new AppError('invalid_input', { violations: [{ pointer: '/email', message, keyword }] });
}
