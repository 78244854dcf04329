import type { Identity } from '@/lib/identity/model';
import { findByUserHandle, findIdentity } from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import type { Project } from '@/lib/project/model';
import { getProject } from '@/lib/project/service';
import type { Session } from '@/lib/session/model';
import type { SignInBrowser } from '@/lib/session/model/alert';
import { openSession } from '@/lib/session/service';
import type { AuthenticationResponse } from '../contract';
import { type CeremonyContext, type Challenge, inheritedFrom, type Passkey } from '../model';
import { findByCredentialId } from '../repository';
import { hasPendingDeletion } from '../repository/deletion';
import { parseAssertion, type RequestOptions, requestOptions, verifyAssertion } from '../webauthn';
import { refused } from '../webauthn/refusal';
import { consumeChallenge, guardLive, issueChallenge } from './challenge';
import { recordUse, UNDECIDED } from './record-use';
import { logRefusal, recordRefusal } from './refusal';

/** Begins a sign-in without an identifier: any passkey of this relying party is accepted. Refuses: `rate_limited`. */
export async function beginPasskeySignIn(context: CeremonyContext, browserHash: string): Promise<RequestOptions> {
  const project = await getProject(context.projectId);
  const challenge = await issueChallenge(bindingOf(context, browserHash), context.address);
  return requestOptions(project, challenge);
}

/**
 * Opens a session for the holder of the passkey. `response` is the browser's raw response. Refusals of known passkeys
 * are recorded in the audit log.
 * Refuses: `ceremony_expired`; `passkey_unknown` (never registered or deleted: the browser may be signalled);
 * `passkey_verification_failed`, also for a passkey whose deletion can still be undone; `inactive_identity`.
 */
export async function finishPasskeySignIn(
  context: CeremonyContext,
  browserHash: string | null,
  response: unknown,
  client: SignInBrowser,
): Promise<{ session: Session; identity: Identity }> {
  return logRefusal('authentication', context.requestId, () => finish(context, browserHash, response, client));
}

async function finish(
  context: CeremonyContext,
  browserHash: string | null,
  response: unknown,
  client: SignInBrowser,
): Promise<{ session: Session; identity: Identity }> {
  const project = await getProject(context.projectId);
  const challenge = await consumeChallenge(response, bindingOf(context, browserHash));
  const assertion = await parseAssertion(response);
  const passkey = await findByCredentialId(assertion.id);
  if (!passkey) throw new AppError((await mayBeRestored(project.id, assertion)) ? UNDECIDED : 'passkey_unknown');
  // Registered in another project: not "unknown", which would make the browser remove it.
  if (passkey.projectId !== project.id) throw refused('wrong_rp_id');
  const { requestId, address, userAgent } = context;
  const who = { projectId: project.id, id: passkey.identityId, requestId, address, userAgent };
  const actor: Actor = { ...who, kind: 'identity' };
  // The identity is not authenticated, so it is not the actor.
  const anonymous: Actor = { ...actor, kind: 'system', id: null };
  const event = { ceremony: 'authentication' as const, identityId: passkey.identityId, passkeyId: passkey.id };
  return recordRefusal(anonymous, event, () =>
    signIn(project, actor, challenge, assertion, passkey, { ...client, address }),
  );
}

/** Its deletion can still be undone: were the browser signalled, it would remove the passkey for good. */
async function mayBeRestored(projectId: string, { id, response }: AuthenticationResponse): Promise<boolean> {
  const owner = response.userHandle ? await findByUserHandle(projectId, response.userHandle) : null;
  return owner !== null && (await hasPendingDeletion({ projectId, identityId: owner.id }, id));
}

async function signIn(
  project: Project,
  actor: Actor,
  challenge: Challenge,
  assertion: AuthenticationResponse,
  passkey: Passkey,
  client: SignInBrowser & { address: string },
): Promise<{ session: Session; identity: Identity }> {
  const owner = await findIdentity(project.id, passkey.identityId);
  // WebAuthn L3 §7.2 step 6: the user was not identified before the ceremony, so the user handle is required.
  if (!owner || assertion.response.userHandle !== owner.userHandle) throw refused('wrong_user');
  const use = await verifyAssertion(project, challenge.value, assertion, passkey);
  return transaction(async (tx) => {
    const identity = await findIdentity(project.id, passkey.identityId, tx);
    guardLive(identity, challenge);
    await recordUse(tx, actor, passkey, use);
    const session = await openSession(tx, actor, {
      project,
      identity,
      method: 'passkey',
      passkeyId: passkey.id,
      ...inheritedFrom(passkey),
      ...client,
    });
    return { session, identity };
  });
}

function bindingOf<Hash extends string | null>({ projectId }: CeremonyContext, browserHash: Hash) {
  return { projectId, ceremony: 'authentication' as const, browserHash, proof: null };
}
