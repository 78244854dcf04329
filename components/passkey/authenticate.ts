import {
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  WebAuthnAbortService,
} from '@simplewebauthn/browser';
import { type Begin, type CeremonyResult, type Finish, runCeremony } from './ceremony';
import { forgetPasskey } from './signals';

/** The options as sent by the server; WebAuthn's own types are wider in places that do not matter here. */
export type PasskeyRequestOptions = PublicKeyCredentialRequestOptionsJSON;

export function supportsAutofill(): Promise<boolean> {
  return browserSupportsWebAuthnAutofill();
}

/** Aborts a pending ceremony, such as autofill, so that another can start. */
export function abortCeremony(): void {
  WebAuthnAbortService.cancelCeremony();
}

/** Authenticates with a passkey. With `isAutofill`, the browser offers it among the suggestions of the email field. */
export function authenticateWithPasskey<Output>(
  begin: Begin<PasskeyRequestOptions>,
  finish: Finish<Output>,
  { isAutofill = false } = {},
): Promise<CeremonyResult<Output>> {
  return runCeremony('ceremony_cancelled', begin, finish, {
    ceremony: (optionsJSON) => startAuthentication({ optionsJSON, useBrowserAutofill: isAutofill }),
    refused: (code, { rpId }, response) => (code === 'passkey_unknown' ? forgetPasskey(rpId, response.id) : undefined),
  });
}
