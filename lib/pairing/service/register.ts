import { holderOf, type Passkey, provenanceOf } from '@/lib/credential/model';
import {
  beginEnrollment,
  type CreationOptions,
  finishEnrollment,
  guardLive,
  guardPasskeyLimit,
  listPasskeys,
  storePasskey,
} from '@/lib/credential/service';
import { findIdentity, touchIdentity } from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { AppError, isAppError } from '@/lib/platform/errors';
import { toDevice } from '@/lib/platform/user-agent';
import { getSession } from '@/lib/session/service';
import type { ClientContext } from '@/lib/verification/service';
import * as rows from '../repository';
import { findRequested, type LivePairing } from './read';

/** The browser that was confirmed. */
type Requester = { browserHash: string | null; userAgent: string };

/**
 * Begins the registration of a passkey in the browser that was confirmed. Refuses: `pairing_ended`,
 * `too_many_passkeys`, `rate_limited`.
 */
export async function beginPairedRegistration(
  client: ClientContext,
  browserHash: string | null,
): Promise<CreationOptions> {
  const live = await requireConfirmed(client, browserHash);
  const { project, identity } = live;
  const exclude = await listPasskeys(project.id, identity.id);
  guardPasskeyLimit(exclude);
  const binding = { ...bindingOf(live), browserHash: live.browserHash };
  return beginEnrollment(project, binding, { holder: holderOf(identity), exclude, address: null });
}

/**
 * Adds the passkey, with the provenance of the session that confirmed, and mails a notice that names this device. Opens
 * no session. Of several responses one succeeds. `response` is the browser's raw response.
 * Refuses: `pairing_ended`, `ceremony_expired`, `passkey_verification_failed`, `inactive_identity`,
 * `passkey_already_registered`, `too_many_passkeys`.
 */
export async function finishPairedRegistration(
  client: ClientContext,
  { browserHash, userAgent }: Requester,
  response: unknown,
): Promise<Passkey> {
  const live = await requireConfirmed(client, browserHash);
  const { project, pairing } = live;
  const { requestId, address, projectId } = client;
  const actor: Actor = { projectId, kind: 'identity', id: live.identity.id, requestId, address, userAgent };
  const { challenge, newPasskey } = await finishEnrollment(project, bindingOf(live), requestId, response);
  return transaction(async (tx) => {
    // Lock the identity's row first: a concurrent deactivation is either visible here or waits for the commit.
    await touchIdentity(tx, projectId, live.identity.id);
    const identity = await findIdentity(projectId, live.identity.id, tx);
    guardLive(identity, challenge);
    const session = await getSession(project, identity, pairing.sessionId, tx).catch(toEnded);
    if (!(await rows.advance(tx, pairing, ['confirmed'], { state: 'used' }, new Date())))
      throw new AppError('pairing_ended');
    const { browser, system } = toDevice(userAgent);
    const from = { pairing_id: pairing.id, browser, system, address };
    const passkey = await storePasskey(tx, actor, identity, newPasskey, provenanceOf(session), userAgent, from);
    await rows.recordPasskey(tx, pairing, passkey.id);
    return passkey;
  });
}

/** The session that confirmed has ended. */
function toEnded(error: unknown): never {
  throw isAppError(error) && error.code === 'not_found' ? new AppError('pairing_ended') : error;
}

async function requireConfirmed(
  { projectId }: ClientContext,
  browserHash: string | null,
): Promise<LivePairing & { browserHash: string }> {
  const requested = await findRequested(projectId, browserHash);
  if (!browserHash || requested?.step !== 'confirmed' || !requested.live) throw new AppError('pairing_ended');
  return { ...requested.live, browserHash };
}

/** The challenge belongs to the confirmed browser, the session that confirmed, and its epoch. */
function bindingOf({ project, session, identity, browserHash }: LivePairing & { browserHash: string }) {
  return { projectId: project.id, ceremony: 'pairing' as const, browserHash, proof: { session, identity } };
}
