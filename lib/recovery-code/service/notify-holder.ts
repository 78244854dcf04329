import type { Identity } from '@/lib/identity/model';
import { addressMail } from '@/lib/identity/model/address-mail';
import { queueMail } from '@/lib/mail/service';
import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';

type Notice = { change: 'created' | 'used' | 'revoked'; left: number; link?: string; until?: number };

/**
 * Notifies the holder that codes were created, used or revoked. `link`: ends the sign-in with the used code; only a proven
 * mailbox gets it, as any other may be a stranger's.
 */
export async function notifyHolder(
  tx: Tx,
  actor: Actor,
  identity: Identity,
  { link, until, ...what }: Notice,
): Promise<void> {
  const envelope = addressMail(identity, { actor });
  if (!envelope) return;
  const isProven = identity.verifiableAddresses.some(({ value, verified }) => value === envelope.to && verified);
  const params = { ...what, ...(isProven && { link, until }) };
  await queueMail(tx, identity.projectId, { ...envelope, kind: 'recovery_codes', params });
}
