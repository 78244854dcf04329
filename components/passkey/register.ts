import { type PublicKeyCredentialCreationOptionsJSON, startRegistration } from '@simplewebauthn/browser';
import { type Begin, type CeremonyResult, type Finish, runCeremony } from './ceremony';
import { forgetPasskey } from './signals';

/** The options as sent by the server; WebAuthn's own types are wider in places that do not matter here. */
export type CreationOptions = PublicKeyCredentialCreationOptionsJSON;

/** After these, the server has or may have the new passkey: it must not be removed from the device. */
const MAY_BE_STORED = new Set(['passkey_already_registered', 'internal', 'overloaded']);

/** Creates a passkey and sends it to the server; if the server refuses it, it is removed from the device. */
export function createPasskey<Output>(
  begin: Begin<CreationOptions>,
  finish: Finish<Output>,
): Promise<CeremonyResult<Output>> {
  return runCeremony('registration_cancelled', begin, finish, {
    ceremony: (optionsJSON) => startRegistration({ optionsJSON }),
    refused: (code, { rp }, response) => (MAY_BE_STORED.has(code) ? undefined : forgetPasskey(rp.id, response.id)),
  });
}
