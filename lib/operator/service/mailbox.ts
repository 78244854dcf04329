import type { Locale } from '@/lib/i18n/model';
import { findIdentityByIdentifier } from '@/lib/identity/service';
import { findUsableInvitation } from '@/lib/invitation/service';
import { AppError } from '@/lib/platform/errors';
import type { PendingCode } from '@/lib/verification/model';
import {
  beginMailboxProof,
  type ClientContext,
  findMailboxProof,
  findPendingMailboxCode,
  finishMailboxProof,
} from '@/lib/verification/service';

/**
 * The inviter sees the link of an invitation, so the link does not prove the mailbox. A new operator proves it with a
 * mailed code before the identity is created; an existing identity signs in.
 */

/**
 * Mails a code to the invited address. Refuses: `invitation_used_or_expired`, `identifier_taken` (they sign in
 * instead), `rate_limited`.
 */
export async function sendInvitationCode(
  client: ClientContext,
  { token, browserHash, locale }: { token: string; browserHash: string; locale: Locale },
): Promise<PendingCode> {
  const address = await requireAddress(client, token);
  if (await findIdentityByIdentifier(client.projectId, address)) throw new AppError('identifier_taken');
  return beginMailboxProof(client, { address, browserHash, locale });
}

/** Refuses: `invitation_used_or_expired`, `code_wrong` with `triesLeft`, `code_used_or_expired`, `rate_limited`. */
export async function proveInvitationMailbox(
  client: ClientContext,
  { token, browserHash, code }: { token: string; browserHash: string | null; code: string },
): Promise<void> {
  const address = await requireAddress(client, token);
  await finishMailboxProof(client, { address, browserHash, code });
}

/** Whether this browser has proven the mailbox of an invitation, and its pending code. */
export async function findInvitationProof(
  projectId: string,
  address: string,
  browserHash: string | null,
): Promise<{ isProven: boolean; pending: PendingCode | null }> {
  if (!browserHash) return { isProven: false, pending: null };
  const mailbox = { projectId, address, browserHash };
  const [proof, pending] = await Promise.all([findMailboxProof(mailbox), findPendingMailboxCode(mailbox)]);
  return { isProven: proof !== null, pending };
}

async function requireAddress({ projectId }: ClientContext, token: string): Promise<string> {
  const invitation = await findUsableInvitation(projectId, token);
  if (!invitation?.email) throw new AppError('invitation_used_or_expired');
  return invitation.email;
}
