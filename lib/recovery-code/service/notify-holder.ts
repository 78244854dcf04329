import type { Identity } from '@/lib/identity/model';
import { addressMail } from '@/lib/identity/model/address-mail';
import { queueMail } from '@/lib/mail/service';
import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';

/** Notifies the holder that codes were created, used or revoked. */
export async function notifyHolder(
  tx: Tx,
  actor: Actor,
  identity: Identity,
  params: { change: 'created' | 'used' | 'revoked'; left: number },
): Promise<void> {
  const envelope = addressMail(identity, { actor });
  if (envelope) await queueMail(tx, identity.projectId, { ...envelope, kind: 'recovery_codes', params });
}
