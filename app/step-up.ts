'use server';

import { revalidatePath } from 'next/cache';
import { headers } from 'next/headers';
import { z } from 'zod';
import { beginPasskeyStepUp, finishPasskeyStepUp, requireCodeAllowed } from '@/lib/credential/service';
import { finishCodeStepUp } from '@/lib/verification/service';
import { action } from '@/lib/web/action';
import { ensureBrowserHash, readBrowserHash } from '@/lib/web/browser';
import { startSession } from '@/lib/web/sign-in';
import { mailStepUpCode } from '@/lib/web/step-up';

/** "Confirm it's you", for actions of the profile, the console and the setup page that require a fresh session. */
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
  return mailStepUpCode(proof);
});

export const verifyStepUpCode = action(
  { fresh: false, input: z.object({ code: z.string().max(100) }) },
  async (proof, { code }) => {
    await requireCodeAllowed(proof);
    const browser = { browserHash: await readBrowserHash(), userAgent: (await headers()).get('user-agent') ?? '' };
    await startSession(await finishCodeStepUp(proof.context, proof, { ...browser, code }));
    revalidatePath('/profile', 'layout'); // the code also verified the address
    return undefined;
  },
);
