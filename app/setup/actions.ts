'use server';

import { RedirectType, redirect } from 'next/navigation';
import { z } from 'zod';
import { action, openAction } from '@/lib/http/action';
import { ensureBrowserHash, readBrowserHash } from '@/lib/http/browser';
import { toLoginPath } from '@/lib/http/session';
import { arrival, startSession } from '@/lib/http/sign-in';
import type { Failure } from '@/lib/i18n/error-message';
import {
  acceptInvitation,
  beginSetup as beginSetupOf,
  finishSetup as finishSetupOf,
  type SetupInput,
} from '@/lib/operator/service';
import { setupPath } from './paths';

/** How an operator comes to be: the first one by the link on the terminal, others by an invitation. */
const token = z.string().max(200);
const typed = z.string().max(10_000);

export const beginSetup = openAction(
  { input: z.object({ token, first: typed, last: typed, email: typed }) satisfies z.ZodType<SetupInput> },
  async (context, input) => beginSetupOf(context, await ensureBrowserHash(), input),
);

export const finishSetup = openAction(
  { input: z.object({ token, response: z.unknown() }) },
  async (context, { token, response }) => {
    const client = { ...(await arrival()), address: context.address };
    const input = { token, response };
    const made = await finishSetupOf(context, (await readBrowserHash()) ?? '', input, client);
    await startSession(made.session, made.identity);
    redirect('/profile', RedirectType.replace);
  },
);

export type AcceptState = { failure: Failure | null };

const acceptOnce = action({ fresh: true, input: z.object({ token }) }, async (proof, input) => {
  await acceptInvitation(proof, input.token);
  redirect('/profile', RedirectType.replace);
});

/** The button of somebody who has an account. What changed since the page was made leads to the page as it is now. */
export async function accept(_: AcceptState, form: FormData): Promise<AcceptState> {
  const result = await acceptOnce(null, form);
  if (result.ok) return { failure: null };
  const page = setupPath(String(form.get('token') ?? ''));
  if (result.error.code === 'unauthenticated') redirect(toLoginPath(page), RedirectType.replace);
  if (result.error.code === 'invitation_spent') redirect(page, RedirectType.replace);
  return { failure: result.error };
}
