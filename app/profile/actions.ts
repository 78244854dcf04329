'use server';

import { revalidatePath } from 'next/cache';
import { cookies, headers } from 'next/headers';
import { z } from 'zod';
import {
  beginPasskeyRegistration,
  beginStepUp,
  deleteOwnPasskey,
  finishPasskeyRegistration,
  finishStepUp,
  getPasskeySignals,
  renamePasskey as renamePasskeyOf,
} from '@/lib/credential/service';
import { action } from '@/lib/http/action';
import { ensureBrowserHash, readBrowserHash } from '@/lib/http/browser';
import { getLocale } from '@/lib/http/locale';
import { cookieSettings } from '@/lib/http/next-auth';
import { PASSKEY_OFFER_COOKIE } from '@/lib/http/passkey-offer';
import { startSession } from '@/lib/http/sign-in';
import { isAppError } from '@/lib/platform/errors';
import { endOtherSessions, endSession } from '@/lib/session/service';
import { beginStepUp as beginStepUpByCode, finishStepUp as finishStepUpByCode } from '@/lib/verification/service';

/** What a person does on "Account & Security". Each action proves for itself who asks and from where. */
const id = z.uuid();

export const beginAddPasskey = action({}, async (proof) => beginPasskeyRegistration(proof, await ensureBrowserHash()));

export const finishAddPasskey = action({ input: z.unknown() }, async (proof, response) => {
  const passkey = await finishPasskeyRegistration(proof, (await readBrowserHash()) ?? '', response);
  revalidatePath('/profile', 'layout');
  return { id: passkey.id, name: passkey.name };
});

export const renamePasskey = action(
  { input: z.object({ id, name: z.string().max(1000) }) },
  async ({ actor, identity }, input) => {
    const { name } = await renamePasskeyOf(actor, identity.id, input.id, input.name);
    revalidatePath('/profile');
    return { name };
  },
);

/** Answers what the browser's password manager may be told of the passkeys that are left. */
export const deletePasskey = action({ fresh: true, input: z.object({ id }) }, async (proof, input) => {
  await deleteOwnPasskey(proof, input.id);
  revalidatePath('/profile', 'layout');
  return getPasskeySignals(proof.project, proof.identity);
});

export const signOutSession = action({ fresh: true, input: z.object({ id }) }, async ({ actor, identity }, input) => {
  try {
    await endSession(actor, identity.id, input.id);
  } catch (error) {
    if (!isAppError(error) || error.code !== 'not_found') throw error; // over already is what was wanted
  }
  revalidatePath('/profile');
});

export const signOutOtherSessions = action({ fresh: true }, async (proof) => {
  const count = await endOtherSessions(proof);
  revalidatePath('/profile');
  return { count };
});

/** "Not now": the card is not shown again until this browser is closed. */
export const declinePasskeyOffer = action({}, async ({ context }) => {
  (await cookies()).set(PASSKEY_OFFER_COOKIE, '1', cookieSettings(context));
  revalidatePath('/profile', 'layout');
});

export const beginStepUpWithPasskey = action({}, async (proof) => beginStepUp(proof, await ensureBrowserHash()));

export const finishStepUpWithPasskey = action({ input: z.unknown() }, async (proof, response) => {
  await startSession(await finishStepUp(proof, (await readBrowserHash()) ?? '', response));
  return undefined;
});

export const sendStepUpCode = action({}, async (proof) => {
  const input = { browserHash: await ensureBrowserHash(), locale: await getLocale(proof.identity.locale) };
  const { address } = await beginStepUpByCode(proof.context, proof, input);
  return { address };
});

export const verifyStepUpCode = action({ input: z.object({ code: z.string().max(100) }) }, async (proof, { code }) => {
  const browser = { browserHash: await readBrowserHash(), userAgent: (await headers()).get('user-agent') ?? '' };
  await startSession(await finishStepUpByCode(proof.context, proof, { ...browser, code }));
  revalidatePath('/profile', 'layout'); // the code has proven the address, too
  return undefined;
});
