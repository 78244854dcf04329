'use server';

import { RedirectType, redirect } from 'next/navigation';
import { z } from 'zod';
import type { Failure } from '@/lib/i18n/error-message';
import { readTraitsForm, toJson } from '@/lib/identity/model/traits-form';
import type { Violation } from '@/lib/platform/errors';
import { LINK_TOKEN } from '@/lib/platform/link-token';
import { disownSignIn } from '@/lib/session/service';
import { toCode } from '@/lib/verification/model';
import {
  beginSignIn,
  signInWithRecoveryCode as enterWithRecoveryCode,
  findPendingRegistration,
  finishRegistration,
  finishSignInWithCode,
  finishSignInWithLink,
  type SignedIn,
  undoEmailChange,
} from '@/lib/verification/service';
import { openAction } from '@/lib/web/action';
import { ensureBrowserHash, isFamiliar, readBrowserHash } from '@/lib/web/browser';
import { fieldsOf, postedFields, textOf } from '@/lib/web/form-fields';
import { toLocalPath } from '@/lib/web/local-path';
import { getLocale } from '@/lib/web/locale';
import { signInBrowser, startSession } from '@/lib/web/sign-in';
import { CHECK_ACCOUNT, loginPath } from './paths';

/** The sign-in steps. Forms post here with or without JavaScript; a refusal returns the typed values. */
export type EmailState = { email: string; failure: Failure | null };
export type StepState = { failure: Failure | null };

const emailCode = openAction(
  {
    input: z.object({
      email: z.string().max(1000),
      return_to: z.unknown().optional(),
      resent: z.unknown().optional(),
    }),
  },
  async (context, input) => {
    const returnTo = toLocalPath(input.return_to);
    const browser = { browserHash: await ensureBrowserHash(), locale: await getLocale() };
    const email = { address: input.email, isFamiliar: await isFamiliar(input.email) };
    await beginSignIn(context, { ...browser, ...email, returnTo });
    redirect(loginPath({ step: 'code', isResent: input.resent !== undefined, returnTo }));
  },
);

/** Emails code and link, then redirects to the code step. The field `resent` marks a resend from that step. */
export async function requestSignInCode(_: EmailState, form: FormData): Promise<EmailState> {
  const result = await emailCode(null, form);
  return { email: textOf(form, 'email'), failure: result.ok ? null : result.error };
}

const submitCode = openAction(
  { input: z.object({ code: z.string().refine((typed) => toCode(typed) !== null) }) },
  async (context, { code }) => {
    const browserHash = await readBrowserHash();
    return redirectAfterSignIn(await finishSignInWithCode(context, { browserHash, code, ...(await signInBrowser()) }));
  },
);

export async function signInWithCode(_: StepState, form: FormData): Promise<StepState> {
  const result = await submitCode(null, form);
  return { failure: result.ok ? null : result.error };
}

const submitLink = openAction(
  { input: z.object({ token: z.string().regex(LINK_TOKEN) }) },
  async (context, { token }) => {
    const browserHash = await ensureBrowserHash();
    return redirectAfterSignIn(await finishSignInWithLink(context, { token, browserHash, ...(await signInBrowser()) }));
  },
);

/** Submits the link page. A link used in the meantime redirects to its own page. */
export async function signInWithLink(_: StepState, form: FormData): Promise<StepState> {
  const result = await submitLink(null, form);
  if (!result.ok && result.error.code === 'link_used_or_expired') redirect('/login/link', RedirectType.replace);
  return { failure: result.ok ? null : result.error };
}

const submitUndo = openAction(
  { input: z.object({ token: z.string().regex(LINK_TOKEN) }) },
  async (context, { token }) => {
    await undoEmailChange(context, token);
    redirect('/login?notice=email-change-undone', RedirectType.replace);
  },
);

/** Submits the page that undoes an email change. A link that no longer works redirects to its own page. */
export async function undoChange(_: StepState, form: FormData): Promise<StepState> {
  const result = await submitUndo(null, form);
  if (!result.ok && result.error.code === 'link_used_or_expired') redirect('/login/undo', RedirectType.replace);
  return { failure: result.ok ? null : result.error };
}

const submitDisown = openAction(
  { input: z.object({ token: z.string().regex(LINK_TOKEN) }) },
  async (context, { token }) => {
    await disownSignIn(context, token);
    redirect(`${CHECK_ACCOUNT}&notice=sign-in-disowned`, RedirectType.replace);
  },
);

/** Submits the page "This wasn't me". A link that no longer works redirects to its own page. */
export async function disown(_: StepState, form: FormData): Promise<StepState> {
  const result = await submitDisown(null, form);
  if (!result.ok && result.error.code === 'link_used_or_expired') redirect('/login/alert', RedirectType.replace);
  return { failure: result.ok ? null : result.error };
}

/** A refusal returns the typed values. */
export type RecoveryState = { email: string; code: string; failure: Failure | null };

const submitRecoveryCode = openAction(
  {
    input: z.object({
      email: z.string().max(1000).default(''),
      code: z.string().max(1000),
      return_to: z.unknown().optional(),
    }),
  },
  async (context, { email, code, return_to }) => {
    const returnTo = toLocalPath(return_to);
    const typed = { address: email, code, returnTo };
    return redirectAfterSignIn(await enterWithRecoveryCode(context, { ...typed, ...(await signInBrowser()) }));
  },
);

export async function signInWithRecoveryCode(_: RecoveryState, form: FormData): Promise<RecoveryState> {
  const result = await submitRecoveryCode(null, form);
  return { email: textOf(form, 'email'), code: textOf(form, 'code'), failure: result.ok ? null : result.error };
}

/** A refusal returns the typed values. */
export type DetailsState = { values: Record<string, string>; violations: Violation[]; failure: Failure | null };

const submitDetails = openAction({ input: postedFields }, async (context, posted) => {
  const browserHash = await readBrowserHash();
  const pending = await findPendingRegistration(context.projectId, browserHash);
  const { mine } = readTraitsForm(posted);
  const filled = (pending?.fields ?? []).map((field) => ({
    pointer: field.pointer,
    value: toJson(field, (mine[field.pointer] ?? '').trim()),
  }));
  return redirectAfterSignIn(await finishRegistration(context, { browserHash, filled, ...(await signInBrowser()) }));
});

/** The registration form. An expired step redirects to its page, which says so. */
export async function createAccount(_: DetailsState, form: FormData): Promise<DetailsState> {
  const result = await submitDetails(null, form);
  if (result.ok) return { values: {}, violations: [], failure: null };
  if (result.error.code === 'link_used_or_expired')
    redirect(loginPath({ step: 'details', returnTo: null }), RedirectType.replace);
  const { mine: values } = readTraitsForm(fieldsOf(form));
  return { values, violations: result.error.violations ?? [], failure: result.error };
}

/** Redirects to the original destination, or to the step that asks a new person for further traits. */
async function redirectAfterSignIn(signedIn: SignedIn | null): Promise<never> {
  if (!signedIn) redirect(loginPath({ step: 'details', returnTo: null }), RedirectType.replace);
  await startSession(signedIn.session, signedIn.identity);
  redirect(toLocalPath(signedIn.returnTo) ?? '/profile', RedirectType.replace);
}
