import { recordEvent } from '@/lib/audit/service';
import type { Identity } from '@/lib/identity/model';
import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { toDevice } from '@/lib/platform/user-agent';
import type { Project } from '@/lib/project/model';
import { type Challenge, defaultName, MAX_PASSKEYS, type NewPasskey, type Passkey, type Provenance } from '../model';
import { insertPasskeys, listPasskeys } from '../repository';
import { type CreationOptions, creationOptions, verifyRegistration } from '../webauthn';
import { type ChallengeBinding, consumeChallenge, issueChallenge } from './challenge';
import { notifyHolder } from './notify-owner';
import { logRefusal } from './refusal';

/** Input of a registration, for a signed-in identity or for one about to be created. */
type Enrollment = {
  /** Future holder. `userHandle` is base64url. */
  holder: { userHandle: string; name: string; displayName: string };
  /** Existing passkeys: their authenticators create no second one (WebAuthn L3 §5.4, excludeCredentials). */
  exclude: Passkey[];
  /** Rate limit key without a session. */
  address: string | null;
  /** Ceremony state, stored with the challenge. */
  details?: unknown;
};

/** Browser and address of another device, as its own requests show them. */
export type PairedDevice = { pairing_id: string; browser: string | null; system: string | null; address: string };

/** Refuses: `rate_limited`. */
export async function beginEnrollment(
  project: Project,
  binding: ChallengeBinding & { browserHash: string },
  enrollment: Enrollment,
): Promise<CreationOptions> {
  const { holder, exclude, address, details } = enrollment;
  const challenge = await issueChallenge(binding, address, details);
  return creationOptions(project, holder, challenge, exclude);
}

/**
 * Consumes the challenge and verifies the registration of a new operator.
 * Refuses: `ceremony_expired`, `passkey_verification_failed`.
 */
export async function finishEnrollment(
  project: Project,
  binding: ChallengeBinding,
  requestId: string | null,
  response: unknown,
): Promise<{ challenge: Challenge; newPasskey: NewPasskey }> {
  return logRefusal(binding.ceremony, requestId, async () => {
    const challenge = await consumeChallenge(response, binding);
    return { challenge, newPasskey: await verifyRegistration(project, challenge.value, response) };
  });
}

/**
 * Writes a verified passkey with its event and mail in the caller's transaction. `userAgent` is the registering
 * browser's. `from`: the device of a passkey that another device's session confirmed.
 * Refuses: `passkey_already_registered`, `too_many_passkeys`.
 */
export async function storePasskey(
  tx: Tx,
  actor: Actor,
  identity: Identity,
  newPasskey: NewPasskey,
  provenance: Provenance,
  userAgent: string,
  from?: PairedDevice,
): Promise<Passkey> {
  const others = await listPasskeys(identity.projectId, identity.id, tx);
  guardPasskeyLimit(others);
  const passkey: Passkey = {
    ...newPasskey,
    ...provenance,
    id: newId(),
    projectId: identity.projectId,
    identityId: identity.id,
    name: defaultName(
      newPasskey,
      toDevice(userAgent),
      others.map(({ name }) => name),
    ),
    createdAt: new Date(),
    lastUsedAt: null,
    counterWarnedAt: null,
  };
  await insertPasskeys(tx, [passkey]);
  const { id, name, aaguid } = passkey;
  await recordEvent(tx, actor, {
    type: 'passkey.added',
    identityId: identity.id,
    details: { passkey_id: id, name, aaguid, added_by: passkey.addedBy, ...(from && { from }) },
  });
  await notifyHolder(tx, actor, identity, 'passkey_added', name, from !== undefined);
  return passkey;
}

/** Refuses: `too_many_passkeys`. */
export function guardPasskeyLimit(passkeys: Passkey[]): void {
  if (passkeys.length >= MAX_PASSKEYS) throw new AppError('too_many_passkeys');
}
