import type { Identity } from '@/lib/identity/model';
import { addressMail } from '@/lib/identity/model/address-mail';
import { queueMail } from '@/lib/mail/service';
import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';

/** Notifies the holder by mail that a passkey was added or deleted, so an unexpected change is noticed. */
export async function notifyHolder(
  tx: Tx,
  actor: Actor,
  identity: Identity,
  kind: 'passkey_added' | 'passkey_deleted',
  passkeyName: string,
  /** Added on another device, which a session of the holder confirmed. */
  isPaired = false,
): Promise<void> {
  const envelope = addressMail(identity, { actor });
  if (envelope)
    await queueMail(tx, identity.projectId, {
      ...envelope,
      kind,
      params: { passkeyName, ...(isPaired && { isPaired }) },
    });
}
