import { recordEvent } from '@/lib/audit/service';
import type { Locale } from '@/lib/i18n/model';
import { findIdentityByIdentifier, isAddressReserved } from '@/lib/identity/service';
import { mailboxOf } from '@/lib/mail/model';
import { queueMail } from '@/lib/mail/service';
import type { Actor } from '@/lib/platform/actor';
import { isAddress, normalizeAddress } from '@/lib/platform/address';
import { transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { getProject } from '@/lib/project/service';
import { consumeLimits } from '@/lib/rate-limit/service';
import { DEFAULT_SCHEMA_ID, getSchema } from '@/lib/schema/service';
import { type RegistrationInvitation, toRegistrationLink } from '../model';
import { issueInvitation } from './issue';
import { toRegistration } from './register-identity';

export type InviteInput = {
  /** As entered. */
  email: string;
  locale: Locale;
  /** The inviter's name, for the mail. */
  inviter?: string;
};

const MAX_PER_DAY = 5;
const DAY_SECONDS = 24 * 60 * 60;

/**
 * Invites an address to register in a project that requires invitations, and mails it; replaces an earlier invitation.
 * The mail contains no secret, because registration proves the address.
 * Refuses: `invalid_input` at `/email` (invalid, not accepted by the schema, `taken`), `forbidden` unless registration
 * is by invitation, `rate_limited`.
 */
export async function inviteToRegister(actor: Actor, input: InviteInput): Promise<RegistrationInvitation> {
  const email = normalizeAddress(input.email);
  const { id: projectId, organizationId, origin, registration } = await getProject(actor.projectId);
  if (registration !== 'invitation') throw new AppError('forbidden');
  const schema = await getSchema(projectId, DEFAULT_SCHEMA_ID);
  if (!isAddress(email) || !toRegistration(schema, email))
    throw refused('is not a valid address for the schema', 'format');
  const isTaken = (await findIdentityByIdentifier(projectId, email)) || (await isAddressReserved(projectId, email));
  if (isTaken) throw refused('already has an account', 'taken');
  const key = `${projectId}\0${mailboxOf(email)}`;
  await consumeLimits({ name: 'registration-invitation', key, max: MAX_PER_DAY, windowSeconds: DAY_SECONDS });
  return transaction(async (tx) => {
    const data = { projectId, organizationId, kind: 'registration' as const, email, role: null, invitedBy: null };
    const { id, createdAt, expiresAt } = (await issueInvitation(tx, data)).invitation; // the token is discarded
    const params = { link: toRegistrationLink(origin, email), expiresAt: expiresAt.getTime(), inviter: input.inviter };
    const mail = { kind: 'registration_invitation' as const, to: email, locale: input.locale, params };
    await queueMail(tx, projectId, mail, { validUntil: expiresAt });
    await recordEvent(tx, actor, { type: 'identity.invited', details: { invitation_id: id } });
    return { id, email, createdAt, expiresAt };
  });
}

function refused(message: string, keyword: string): AppError {
  return new AppError('invalid_input', { violations: [{ pointer: '/email', message, keyword }] });
}
