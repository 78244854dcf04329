'use server';

import { revalidatePath } from 'next/cache';
import { cookies, headers } from 'next/headers';
import { z } from 'zod';
import {
  beginPasskeyRegistration,
  beginPasskeyStepUp,
  deleteOwnPasskey,
  finishPasskeyRegistration,
  finishPasskeyStepUp,
  getPasskeySignals,
  renamePasskey,
  requireCodeAllowed,
} from '@/lib/credential/service';
import { isAppError } from '@/lib/platform/errors';
import { endOtherSessions, endSession } from '@/lib/session/service';
import { beginCodeStepUp, finishAddressVerification, finishCodeStepUp } from '@/lib/verification/service';
import { action } from '@/lib/web/action';
import { ensureBrowserHash, readBrowserHash } from '@/lib/web/browser';
import { getLocale } from '@/lib/web/locale';
import { cookieSettings } from '@/lib/web/next-auth';
import { PASSKEY_OFFER_COOKIE } from '@/lib/web/passkey-offer';
import type { Proof } from '@/lib/web/session';
import { startSession } from '@/lib/web/sign-in';

/** Actions of "Account & Security". Each one authenticates its caller and checks the origin itself. */
const id = z.uuid();

export const beginAddPasskey = action({ fresh: true }, async (proof) =>
  beginPasskeyRegistration(proof, await ensureBrowserHash()),
);

export const finishAddPasskey = action({ fresh: false, input: z.unknown() }, async (proof, response) => {
  const passkey = await finishPasskeyRegistration(proof, (await readBrowserHash()) ?? '', response);
  revalidatePath('/profile', 'layout');
  return { id: passkey.id, name: passkey.name };
});

export const renamePasskeyAction = action(
  { fresh: false, input: z.object({ id, name: z.string().max(1000) }) },
  async ({ actor, identity }, input) => {
    const { name } = await renamePasskey(actor, identity.id, input.id, input.name);
    revalidatePath('/profile');
    return { name };
  },
);

/** Returns the remaining passkeys for the password manager (Signal API). */
export const deletePasskey = action({ fresh: true, input: z.object({ id }) }, async (proof, input) => {
  await deleteOwnPasskey(proof, input.id);
  revalidatePath('/profile', 'layout');
  return getPasskeySignals(proof.project, proof.identity);
});

export const signOutSession = action({ fresh: true, input: z.object({ id }) }, async ({ actor, identity }, input) => {
  try {
    await endSession(actor, identity.id, input.id);
  } catch (error) {
    if (!isAppError(error) || error.code !== 'not_found') throw error; // already ended: the desired outcome
  }
  revalidatePath('/profile');
});

export const signOutOtherSessions = action({ fresh: true }, async (proof) => {
  const count = await endOtherSessions(proof);
  revalidatePath('/profile');
  return { count };
});

/** "Not now": the card is not shown again until this browser is closed. */
export const declinePasskeyOffer = action({ fresh: false }, async ({ context }) => {
  (await cookies()).set(PASSKEY_OFFER_COOKIE, '1', cookieSettings(context));
  revalidatePath('/profile', 'layout');
});

export const beginStepUpWithPasskey = action({ fresh: false }, async (proof) =>
  beginPasskeyStepUp(proof, await ensureBrowserHash()),
);

export const finishStepUpWithPasskey = action({ fresh: false, input: z.unknown() }, async (proof, response) => {
  await startSession(await finishPasskeyStepUp(proof, (await readBrowserHash()) ?? '', response));
  return undefined;
});

/** Refused to operators who have a passkey: access to a mailbox must not be enough to act on others. */
export const sendStepUpCode = action({ fresh: false }, async (proof) => {
  await requireCodeAllowed(proof);
  return sendCode(proof);
});

async function sendCode(proof: Proof): Promise<{ address: string }> {
  const input = { browserHash: await ensureBrowserHash(), locale: await getLocale(proof.identity.locale) };
  const { address } = await beginCodeStepUp(proof.context, proof, input);
  return { address };
}

const code = z.object({ code: z.string().max(100) });

export const verifyStepUpCode = action({ fresh: false, input: code }, async (proof, { code }) => {
  await requireCodeAllowed(proof);
  const browser = { browserHash: await readBrowserHash(), userAgent: (await headers()).get('user-agent') ?? '' };
  await startSession(await finishCodeStepUp(proof.context, proof, { ...browser, code }));
  revalidatePath('/profile', 'layout'); // the code also verified the address
  return undefined;
});

/** "Verify email". It verifies the mailbox, not the person: the session stays unchanged. */
export const sendVerificationCode = action({ fresh: false }, sendCode);

export const verifyEmail = action({ fresh: false, input: code }, async (proof, { code }) => {
  await finishAddressVerification(proof.context, proof, { browserHash: await readBrowserHash(), code });
  revalidatePath('/profile', 'layout');
  return undefined;
});
