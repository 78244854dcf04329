import type { PasskeySignals } from '@/lib/credential/model';

/**
 * Signals accepted passkeys and user details to password managers (WebAuthn L3 §5.1.10). Only for signed-in people.
 * Without the library of the ceremonies, as every visit sends them.
 */
export async function signalPasskeys(signals: PasskeySignals): Promise<void> {
  const { rpId, userId, allAcceptedCredentialIds, name, displayName } = signals;
  await sent(() => PublicKeyCredential.signalAllAcceptedCredentials({ rpId, userId, allAcceptedCredentialIds }));
  await sent(() => PublicKeyCredential.signalCurrentUserDetails({ rpId, userId, name, displayName }));
}

/** The server does not know this passkey: signals it as unknown (WebAuthn L3 §5.1.10.1). */
export async function forgetPasskey(rpId: string | undefined, credentialId: string): Promise<void> {
  if (rpId !== undefined) await sent(() => PublicKeyCredential.signalUnknownCredential({ rpId, credentialId }));
}

/** Signals are a courtesy to password managers: browsers may lack them or refuse, and nothing depends on them. */
async function sent(signal: () => Promise<void>): Promise<void> {
  try {
    await signal();
  } catch {
    // Not supported, or refused.
  }
}
