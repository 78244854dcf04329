import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { z } from 'zod';
import { AppError, isAppError } from '@/lib/platform/errors';
import type { Project } from '@/lib/project/model';
import {
  type AuthenticationResponse,
  authenticationResponse,
  type RegistrationResponse,
  registrationResponse,
} from './contract';
import { CEREMONY_SECONDS, type NewPasskey, type Passkey } from './model';

/** The only file that speaks WebAuthn. What the library leaves to its caller is checked here. */
export type CreationOptions = PublicKeyCredentialCreationOptionsJSON;
export type RequestOptions = PublicKeyCredentialRequestOptionsJSON;

type RelyingParty = Pick<Project, 'name' | 'rpId' | 'origin'>;
/** `userHandle` is base64url. */
type Holder = { userHandle: string; name: string; displayName: string };

/** EdDSA, ES256, RS256 (RFC 9053, RFC 8812): what every authenticator of today can make at least one of. */
const ALGORITHMS = [-8, -7, -257];

/** WebAuthn L3 §7.1 step 25. */
const LONGEST_CREDENTIAL_ID = 1023;
/** Far above an RSA key of 8192 bits. */
const LONGEST_PUBLIC_KEY = 4096;

/** What `navigator.credentials.create()` is asked for: a passkey that can sign in without a user name. */
export function creationOptions(
  party: RelyingParty,
  holder: Holder,
  challenge: string,
  exclude: Pick<Passkey, 'credentialId' | 'transports'>[],
): Promise<CreationOptions> {
  return generateRegistrationOptions({
    rpName: party.name,
    rpID: party.rpId,
    userID: bytesOf(holder.userHandle),
    userName: holder.name,
    userDisplayName: holder.displayName,
    challenge: bytesOf(challenge),
    timeout: CEREMONY_SECONDS * 1000,
    attestationType: 'none',
    excludeCredentials: exclude.map(toDescriptor),
    // No attachment: a phone or a security key is as welcome as this device.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
  });
}

/** What `navigator.credentials.get()` is asked for. Without `allow` any passkey of this relying party will do. */
export function requestOptions(
  party: RelyingParty,
  challenge: string,
  allow?: Pick<Passkey, 'credentialId' | 'transports'>[],
): Promise<RequestOptions> {
  return generateAuthenticationOptions({
    rpID: party.rpId,
    challenge: bytesOf(challenge),
    timeout: CEREMONY_SECONDS * 1000,
    userVerification: 'required',
    allowCredentials: allow?.map(toDescriptor),
  });
}

/**
 * Verifies a new passkey (WebAuthn L3 §7.1): type, challenge, origin, relying party, presence, verification, flags,
 * algorithm. That the challenge was ours and is spent is the caller's. Refuses: `ceremony_refused`.
 */
export async function verifyRegistration(party: RelyingParty, challenge: string, given: unknown): Promise<NewPasskey> {
  return refusing(async () => {
    const response = registrationResponse.parse(given);
    checkClientData(response);
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { ...response, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.rpId,
      requireUserPresence: true,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!verified) throw new Error('The attestation does not hold');
    const { credential, aaguid, credentialDeviceType, credentialBackedUp } = registrationInfo;
    if (credential.id !== response.id) throw new Error('The response names another credential than it attests');
    const length = bytesOf(credential.id).length;
    if (length === 0 || length > LONGEST_CREDENTIAL_ID) throw new Error(`The credential id has ${length} bytes`);
    if (credential.publicKey.length > LONGEST_PUBLIC_KEY) throw new Error('The public key is too long');
    return {
      credentialId: credential.id,
      publicKey: credential.publicKey,
      signCount: BigInt(credential.counter),
      aaguid,
      transports: [...new Set(response.response.transports)],
      isBackupEligible: credentialDeviceType === 'multiDevice',
      isBackedUp: credentialBackedUp,
      rpId: party.rpId,
    };
  });
}

/** The shape of an assertion, before anything is known of it. Refuses: `ceremony_refused`. */
export function parseAssertion(given: unknown): Promise<AuthenticationResponse> {
  return refusing(async () => authenticationResponse.parse(given));
}

/**
 * Verifies that this passkey answered this challenge (WebAuthn L3 §7.2). The counter is handed back unjudged.
 * Refuses: `ceremony_refused`.
 */
export async function verifyAssertion(
  party: RelyingParty,
  challenge: string,
  response: AuthenticationResponse,
  passkey: Passkey,
): Promise<{ signCount: bigint; isBackedUp: boolean }> {
  return refusing(async () => {
    checkClientData(response);
    if (passkey.rpId !== party.rpId) throw new Error('The passkey was made for another relying party');
    if (passkey.credentialId !== response.id) throw new Error('The response names another passkey');
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        ...response,
        response: { ...response.response, userHandle: response.response.userHandle ?? undefined },
        clientExtensionResults: {},
      },
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.rpId,
      requireUserVerification: true,
      // Zero, so that the library does not refuse by the counter: that is told, not refused.
      credential: { id: passkey.credentialId, publicKey: passkey.publicKey, counter: 0 },
    });
    if (!verified) throw new Error('The signature does not hold');
    const { newCounter, credentialDeviceType, credentialBackedUp } = authenticationInfo;
    // §7.2 step 18: eligibility is fixed when a passkey is made.
    if ((credentialDeviceType === 'multiDevice') !== passkey.isBackupEligible)
      throw new Error('The backup eligibility has changed');
    return { signCount: BigInt(newCounter), isBackedUp: credentialBackedUp };
  });
}

/** §7.1 steps 10 and 11, §7.2 steps 13 and 14: our pages are never framed, so neither is a ceremony of ours. */
function checkClientData({ response }: RegistrationResponse | AuthenticationResponse): void {
  const data = z
    .object({ crossOrigin: z.boolean().optional(), topOrigin: z.unknown().optional() })
    .parse(JSON.parse(Buffer.from(response.clientDataJSON, 'base64url').toString('utf8')));
  if (data.crossOrigin === true || data.topOrigin !== undefined) throw new Error('The ceremony ran in a frame');
}

/** Whatever goes wrong while a response is judged is a refusal; the reason is for the log only. */
async function refusing<T>(judge: () => Promise<T>): Promise<T> {
  try {
    return await judge();
  } catch (cause) {
    throw isAppError(cause) ? cause : new AppError('ceremony_refused', { cause });
  }
}

function toDescriptor({ credentialId, transports }: Pick<Passkey, 'credentialId' | 'transports'>) {
  return { id: credentialId, transports };
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(base64url, 'base64url'));
}
