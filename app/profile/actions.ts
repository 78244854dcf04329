'use server';

import { revalidatePath } from 'next/cache';
import { cookies } from 'next/headers';
import { z } from 'zod';
import {
  beginPasskeyRegistration,
  deleteOwnPasskey,
  finishPasskeyRegistration,
  holdPasskeyDeletion,
  renamePasskey,
  undoPasskeyDeletion,
} from '@/lib/credential/service';
import { revokeGrant } from '@/lib/grant/service';
import { isAppError } from '@/lib/platform/errors';
import { endOtherSessions, endSession } from '@/lib/session/service';
import { finishAddressVerification } from '@/lib/verification/service';
import { action } from '@/lib/web/action';
import { ensureBrowserHash, readBrowserHash } from '@/lib/web/browser';
import { PASSKEY_OFFER_COOKIE } from '@/lib/web/passkey-offer';
import { cookieSettings } from '@/lib/web/session-cookie';
import { mailStepUpCode } from '@/lib/web/step-up';
import { undoOf } from '@/lib/web/undo-of';

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
    return { name, undo: await undoOf(actor, identity.id) };
  },
);

export const deletePasskey = action({ fresh: true, input: z.object({ id }) }, async (proof, input) => {
  await deleteOwnPasskey(proof, input.id);
  revalidatePath('/profile', 'layout');
  return undefined;
});

/** "Undo": false if it is too late. */
export const undoDeletion = action({ fresh: false, input: z.object({ id }) }, async (proof, input) => {
  const isRestored = await undoPasskeyDeletion(proof, input.id);
  revalidatePath('/profile', 'layout');
  return { isRestored };
});

/** The person has reached the button "Undo". */
export const holdDeletion = action({ fresh: false, input: z.object({ id }) }, async (proof, input) => {
  await holdPasskeyDeletion(proof, input.id);
  return undefined;
});

export const signOutSession = action({ fresh: true, input: z.object({ id }) }, async ({ actor, identity }, input) => {
  try {
    await endSession(actor, identity.id, input.id);
  } catch (error) {
    if (!isAppError(error) || error.code !== 'not_found') throw error; // already ended: the desired outcome
  }
  revalidatePath('/profile');
});

export const removeAccess = action(
  { fresh: true, input: z.object({ clientId: z.string().max(100) }) },
  async ({ actor, identity }, { clientId }) => {
    try {
      await revokeGrant(actor, identity.id, clientId);
    } catch (error) {
      if (!isAppError(error) || error.code !== 'not_found') throw error; // already removed: the desired outcome
    }
    revalidatePath('/profile');
  },
);

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

const code = z.object({ code: z.string().max(100) });

/** "Verify email". It verifies the mailbox, not the person: the session stays unchanged. */
export const sendVerificationCode = action({ fresh: false }, mailStepUpCode);

export const verifyEmail = action({ fresh: false, input: code }, async (proof, { code }) => {
  await finishAddressVerification(proof.context, proof, { browserHash: await readBrowserHash(), code });
  revalidatePath('/profile', 'layout');
  return undefined;
});
