import { recordEvent } from '@/lib/audit/service';
import type { Identity } from '@/lib/identity/model';
import { addressMail } from '@/lib/identity/model/address-mail';
import { rememberPasskeyInvitation } from '@/lib/identity/service';
import { queueMail } from '@/lib/mail/service';
import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';
import type { Project } from '@/lib/project/model';
import { notInvitedBecause } from '../model/fleet';
import * as rows from '../repository/fleet';

type Refused = NonNullable<ReturnType<typeof notInvitedBecause>>;

/** How many of these would be invited to add a passkey, and why the others would not. */
export async function surveyInvitations(
  { id, rpId }: Project,
  identityIds: string[],
  now = new Date(),
): Promise<{ invited: number; others: Partial<Record<Refused, number>> }> {
  const others: Partial<Record<Refused, number>> = {};
  let invited = 0;
  for (const standing of await rows.listInvitationStandings(id, rpId, identityIds)) {
    const reason = notInvitedBecause(standing, now);
    if (reason === null) invited += 1;
    else others[reason] = (others[reason] ?? 0) + 1;
  }
  return { invited, others };
}

/**
 * Mails a person the invitation to add a passkey, at most once in `INVITATION_DAYS`. Resolves to the reason if not, or
 * null. The caller has authorized the actor.
 */
export async function inviteToAddPasskey(
  tx: Tx,
  actor: Actor,
  { id, rpId }: Project,
  identity: Identity,
): Promise<Refused | null> {
  const now = new Date();
  const [standing] = await rows.listInvitationStandings(id, rpId, [identity.id], tx);
  const reason = standing ? notInvitedBecause(standing, now) : 'inactive';
  if (reason !== null || !standing) return reason;
  const envelope = addressMail(identity);
  if (!envelope) return 'no_address';
  await rememberPasskeyInvitation(tx, identity, now);
  const params = { hasPasskey: standing.passkeys > 0 };
  await queueMail(tx, id, { ...envelope, kind: 'passkey_invitation', params }, { limit: 'invitation' });
  await recordEvent(tx, actor, { type: 'passkey.invited', identityId: identity.id, details: {} });
  return null;
}
