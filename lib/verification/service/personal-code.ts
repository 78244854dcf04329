import { findIdentity, lockIdentity } from '@/lib/identity/service';
import { normalizeAddress } from '@/lib/platform/address';
import { transaction } from '@/lib/platform/db/transaction';
import { getProject } from '@/lib/project/service';
import { consumeRecoveryCode, findRecoveryCode, notifyHolder } from '@/lib/recovery-code/service';
import type { SignInBrowser } from '@/lib/session/model/alert';
import { openSession } from '@/lib/session/service';
import * as rows from '../repository';
import { actorOf } from './consume';
import type { ClientContext } from './issue';
import { finishSignInWithRecoveryCode, type SignedIn } from './sign-in';

/** `address` and `code` as typed. */
type Typed = SignInBrowser & { address: string; code: string };

/**
 * Signs in with a recovery code: one of the person's own, for which the address is needed, or one from an operator. The
 * session counts as a recovery; after a code of their own it returns to the profile, which offers a passkey.
 * Takes the same steps for any address, with an account or without.
 * Refuses: `recovery_code_wrong`, `rate_limited` after many wrong codes from one network.
 */
export async function signInWithRecoveryCode(
  client: ClientContext,
  { returnTo, ...typed }: Typed & { returnTo: string | null },
): Promise<SignedIn> {
  return (await signInWithPersonalCode(client, typed)) ?? finishSignInWithRecoveryCode(client, { ...typed, returnTo });
}

/** Null if the code is none of this account's. */
async function signInWithPersonalCode(
  client: ClientContext,
  { address, code, ...browser }: Typed,
): Promise<SignedIn | null> {
  const { projectId } = client;
  const holder = await rows.findRecipient(projectId, normalizeAddress(address));
  const found = await findRecoveryCode(projectId, holder?.id ?? null, code);
  if (!holder || !found) return null;
  return transaction(async (tx) => {
    // Lock the identity's row first: a concurrent promotion or deactivation is visible here or waits for the commit.
    await lockIdentity(tx, projectId, holder.id);
    const [project, identity] = [await getProject(projectId, tx), await findIdentity(projectId, holder.id, tx)];
    if (project.recoveryCodes === 'off' || identity?.state !== 'active') return null;
    const actor = actorOf(client, identity);
    const left = await consumeRecoveryCode(tx, actor, identity, found);
    if (left === null) return null;
    const how = { method: 'recovery' as const, address: client.address, addressId: null };
    const announce = (end: { link: string; until: number }) =>
      notifyHolder(tx, actor, identity, { change: 'used', left, ...end });
    const session = await openSession(tx, actor, { project, identity, ...how, announce, ...browser });
    return { project, identity, session, returnTo: null };
  });
}
