import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { toHash } from '@simplewebauthn/server/helpers';
import type { Project } from '@/lib/project/model';
import { type AuthenticationResponse, authenticationResponse, registrationResponse } from './contract';
import { CEREMONY_SECONDS, type NewPasskey, type Passkey } from './model';
import { checkSelfAttestation, parseAttestation } from './webauthn/attestation';
import { checkAuthenticatorData, parseAuthenticatorData } from './webauthn/authenticator-data';
import { type Bytes, copy, decodeOnly } from './webauthn/cbor';
import { checkClientData } from './webauthn/client-data';
import { ALGORITHMS, isSignedBy, toPublicKey, toUsableKey } from './webauthn/public-key';
import { refused, refuseOnError } from './webauthn/refusal';

/**
 * Only this file and its folder implement WebAuthn. The library generates options and verifies signatures; its
 * ceremonies are not used (docs/decisions/0011-passkeys-are-verified-here.md).
 */
export type CreationOptions = PublicKeyCredentialCreationOptionsJSON;
export type RequestOptions = PublicKeyCredentialRequestOptionsJSON;

type RelyingParty = Pick<Project, 'name' | 'rpId' | 'origin'>;
/** `userHandle` is base64url. */
type Holder = { userHandle: string; name: string; displayName: string };

/** WebAuthn L3 §7.1 step 25. */
const MAX_CREDENTIAL_ID_BYTES = 1023;

/** Options for `navigator.credentials.create()`: a discoverable credential, which signs in without a user name. */
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
    // No attachment: platform and cross-platform authenticators are both accepted.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: Object.values(ALGORITHMS),
  });
}

/** Options for `navigator.credentials.get()`. Without `allow`, any passkey of this relying party is accepted. */
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
 * Verifies a registration (WebAuthn L3 §7.1): client data, attestation, relying party, user presence and verification,
 * flags, and that the key can verify sign-ins. The caller has issued and consumed the challenge.
 * Refuses: `passkey_verification_failed`.
 */
export async function verifyRegistration(party: RelyingParty, challenge: string, input: unknown): Promise<NewPasskey> {
  return refuseOnError(async () => {
    const { id, rawId, response } = registrationResponse.parse(input);
    checkClientData(party, 'webauthn.create', challenge, response.clientDataJSON);
    const attestation = parseAttestation(bytesOf(response.attestationObject));
    const { authenticatorData } = attestation;
    await checkAuthenticatorData(party, authenticatorData);
    const { attested } = authenticatorData;
    if (!attested) throw refused('malformed_response');
    const credentialId = Buffer.from(attested.credentialId).toString('base64url');
    const { length } = attested.credentialId;
    if (length === 0 || length > MAX_CREDENTIAL_ID_BYTES || id !== rawId || id !== credentialId)
      throw refused('wrong_credential_id');
    const key = await toUsableKey(attested.publicKey);
    await checkSelfAttestation(attestation, key, await toHash(bytesOf(response.clientDataJSON)));
    return {
      credentialId,
      publicKey: key.cose,
      signCount: BigInt(authenticatorData.signCount),
      aaguid: attested.aaguid,
      transports: [...new Set(response.transports)],
      isBackupEligible: authenticatorData.isBackupEligible,
      isBackedUp: authenticatorData.isBackedUp,
      rpId: party.rpId,
    };
  });
}

/** Parses an unverified assertion. Refuses: `passkey_verification_failed`. */
export function parseAssertion(input: unknown): Promise<AuthenticationResponse> {
  return refuseOnError(() => {
    const response = authenticationResponse.parse(input);
    if (response.id !== response.rawId) throw refused('wrong_credential_id');
    return response;
  });
}

/**
 * Verifies that this passkey signed this challenge (WebAuthn L3 §7.2). The counter is returned unchecked.
 * Refuses: `passkey_verification_failed`.
 */
export async function verifyAssertion(
  party: RelyingParty,
  challenge: string,
  { id, response }: AuthenticationResponse,
  passkey: Passkey,
): Promise<{ signCount: bigint; isBackedUp: boolean }> {
  return refuseOnError(async () => {
    if (passkey.rpId !== party.rpId) throw refused('wrong_rp_id');
    if (passkey.credentialId !== id) throw refused('wrong_credential_id');
    checkClientData(party, 'webauthn.get', challenge, response.clientDataJSON);
    const bytes = bytesOf(response.authenticatorData);
    const data = parseAuthenticatorData(bytes);
    await checkAuthenticatorData(party, data);
    // §7.2 step 18: backup eligibility is fixed at registration.
    if (data.isBackupEligible !== passkey.isBackupEligible) throw refused('changed_backup_eligibility');
    // Normalized again: keys stored by 0.1.0 may contain names instead of numbers.
    const key = toPublicKey(decodeOnly(passkey.publicKey));
    const signed = copy(Buffer.concat([bytes, await toHash(bytesOf(response.clientDataJSON))]));
    if (!(await isSignedBy(key, signed, bytesOf(response.signature)))) throw refused('wrong_signature');
    return { signCount: BigInt(data.signCount), isBackedUp: data.isBackedUp };
  });
}

function toDescriptor({ credentialId, transports }: Pick<Passkey, 'credentialId' | 'transports'>) {
  return { id: credentialId, transports };
}

function bytesOf(base64url: string): Bytes {
  return new Uint8Array(Buffer.from(base64url, 'base64url'));
}
