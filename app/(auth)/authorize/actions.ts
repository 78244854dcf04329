'use server';

import { RedirectType, redirect } from 'next/navigation';
import { z } from 'zod';
import { continuePath } from '@/lib/grant/model';
import { answerConsent } from '@/lib/grant/service';
import { action } from '@/lib/web/action';
import { readBrowserHash } from '@/lib/web/browser';
import { textOf } from '@/lib/web/form-fields';

/** Not fresh: signing in at an application needs what the application asks for (`max_age`), no more. */
const answered = action(
  { fresh: false, input: z.object({ request: z.string(), answer: z.enum(['allow', 'deny']) }) },
  async (proof, { request: id, answer }) =>
    answerConsent(proof, { id, browserHash: await readBrowserHash(), isAllowed: answer === 'allow' }),
);

/** Submits the consent page. Whatever comes of it, the next page says so or leaves for the application. */
export async function answerRequest(form: FormData): Promise<void> {
  await answered(null, form);
  redirect(continuePath(textOf(form, 'request')), RedirectType.replace);
}
