import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  sendSignal,
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
} from '@simplewebauthn/browser';
import type { PasskeySignals } from '@/lib/credential/model';
import type { BrowserFailure } from '@/lib/i18n/error-message';
import type { ActionError, ActionResult } from '@/lib/platform/action-result';

/**
 * The browser's side of passkey ceremonies. Cancellation, missing browser support and server refusals come back as one
 * kind of failure, which lib/i18n/error-message puts into words; `aborted` means that another ceremony took over, so
 * there is nothing to say.
 */
export type CeremonyFailure = ActionError | BrowserError;
export type CeremonyResult<Output> = { ok: true; value: Output } | { ok: false; error: CeremonyFailure };

export type Begin<Options> = () => Promise<ActionResult<Options>>;
export type Finish<Output> = (response: unknown) => Promise<ActionResult<Output>>;

/** The options as sent by the server; WebAuthn's own types are wider in places that do not matter here. */
type CreationOptions = PublicKeyCredentialCreationOptionsJSON;
export type PasskeyRequestOptions = PublicKeyCredentialRequestOptionsJSON;

export function supportsPasskeys(): boolean {
  return browserSupportsWebAuthn();
}

export function supportsAutofill(): Promise<boolean> {
  return browserSupportsWebAuthnAutofill();
}

/** Aborts a pending ceremony, such as autofill, so that another can start. */
export function abortCeremony(): void {
  WebAuthnAbortService.cancelCeremony();
}

/** After these, the server has or may have the new passkey: it must not be removed from the device. */
const MAY_BE_STORED = new Set(['passkey_already_registered', 'internal', 'overloaded']);

/** Creates a passkey and sends it to the server; if the server refuses it, it is removed from the device. */
export function createPasskey<Output>(
  begin: Begin<CreationOptions>,
  finish: Finish<Output>,
): Promise<CeremonyResult<Output>> {
  return run('registration_cancelled', begin, finish, {
    ceremony: (optionsJSON) => startRegistration({ optionsJSON }),
    refused: (code, { rp }, response) => (MAY_BE_STORED.has(code) ? undefined : forget(rp.id, response.id)),
  });
}

/** Authenticates with a passkey. With `isAutofill`, the browser offers it among the suggestions of the email field. */
export function authenticateWithPasskey<Output>(
  begin: Begin<PasskeyRequestOptions>,
  finish: Finish<Output>,
  { isAutofill = false } = {},
): Promise<CeremonyResult<Output>> {
  return run('ceremony_cancelled', begin, finish, {
    ceremony: (optionsJSON) => startAuthentication({ optionsJSON, useBrowserAutofill: isAutofill }),
    refused: (code, { rpId }, response) => (code === 'passkey_unknown' ? forget(rpId, response.id) : undefined),
  });
}

/** Signals accepted passkeys and user details to password managers (WebAuthn L3 §5.1.10). Only for signed-in people. */
export async function signalPasskeys(signals: PasskeySignals): Promise<void> {
  const { rpId: rpID, userId: userID, allAcceptedCredentialIds: allAcceptedCredentialIDs, name, displayName } = signals;
  await signal({ signalName: 'allAcceptedCredentials', rpID, userID, allAcceptedCredentialIDs });
  await signal({ signalName: 'currentUserDetails', rpID, userID, userName: name, userDisplayName: displayName });
}

type Steps<Options, Response> = {
  ceremony: (options: Options) => Promise<Response>;
  /** The server refused the browser's response. */
  refused: (code: string, options: Options, response: Response) => Promise<void> | undefined;
};

async function run<Options, Response, Output>(
  cancelled: BrowserFailure,
  begin: Begin<Options>,
  finish: Finish<Output>,
  { ceremony, refused }: Steps<Options, Response>,
): Promise<CeremonyResult<Output>> {
  if (!supportsPasskeys()) return { ok: false, error: { code: 'passkeys_unsupported' } };
  try {
    const begun = await begin();
    if (!begun.ok) return begun;
    const outcome = await ceremony(begun.value).catch((error: unknown) => ({ failure: toFailure(error, cancelled) }));
    if (isFailure(outcome)) return { ok: false, error: outcome.failure };
    const result = await finish(outcome);
    if (!result.ok) await refused(result.error.code, begun.value, outcome);
    return result;
  } catch {
    return { ok: false, error: { code: 'offline' } }; // a server action that cannot be reached throws
  }
}

function isFailure(outcome: unknown): outcome is { failure: BrowserError } {
  return typeof outcome === 'object' && outcome !== null && 'failure' in outcome;
}

type BrowserError = { code: BrowserFailure } | { code: 'aborted' };

/** WebAuthn L3 §5.1.3 and §5.1.4 define the errors; a timeout and a cancellation are deliberately the same. */
function toFailure(error: unknown, cancelled: BrowserFailure): BrowserError {
  const name = error instanceof Error ? error.name : '';
  if (name === 'AbortError') return { code: 'aborted' };
  if (name === 'InvalidStateError') return { code: 'passkey_already_registered' };
  if (name === 'NotSupportedError' || name === 'SecurityError') return { code: 'passkeys_unsupported' };
  return { code: cancelled };
}

/** The server does not know this passkey: signal it as unknown (WebAuthn L3 §5.1.10.1). */
async function forget(rpID: string | undefined, credentialID: string): Promise<void> {
  if (rpID !== undefined) await signal({ signalName: 'unknownCredential', rpID, credentialID });
}

async function signal(options: Parameters<typeof sendSignal>[0]): Promise<void> {
  await sendSignal(options).catch(() => undefined); // a courtesy to password managers; nothing depends on it
}
