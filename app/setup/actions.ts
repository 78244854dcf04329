'use server';

import { RedirectType, redirect } from 'next/navigation';
import { z } from 'zod';
import type { Failure } from '@/lib/i18n/error-message';
import {
  type Accepted,
  acceptInvitation,
  beginAcceptance,
  beginSetup,
  finishAcceptance,
  finishSetup,
  proveInvitationMailbox,
  type SetupInput,
  sendInvitationCode,
} from '@/lib/operator/service';
import type { ActionResult } from '@/lib/platform/action-result';
import { findOrganization, listProjects } from '@/lib/project/service';
import { toCode } from '@/lib/verification/model';
import { action, openAction } from '@/lib/web/action';
import { ensureBrowserHash, readBrowserHash } from '@/lib/web/browser';
import { textOf } from '@/lib/web/form-fields';
import { getLocale } from '@/lib/web/locale';
import { toLoginPath } from '@/lib/web/session';
import { signInBrowser, startSession } from '@/lib/web/sign-in';
import { setupPath } from './paths';

/** Creates operators: the first by the link in the terminal, others by invitation. */
const token = z.string().max(200);
const typed = z.string().max(10_000);

/** `failure` concerns the verification of the invited mailbox: requesting or entering the code. */
export type MailboxState = { failure: Failure | null };

const emailCode = openAction(
  { input: z.object({ token, resent: z.unknown().optional() }) },
  async (context, { token, resent }) => {
    const browser = { browserHash: await ensureBrowserHash(), locale: await getLocale() };
    await sendInvitationCode(context, { token, ...browser });
    redirect(setupPath(token, { isResent: resent !== undefined }), RedirectType.replace);
  },
);

/** Emails the code that verifies the mailbox; the field `resent` marks a resend. */
export async function sendCode(_: MailboxState, form: FormData): Promise<MailboxState> {
  return toMailboxState(await emailCode(null, form), form);
}

const submitCode = openAction(
  { input: z.object({ token, code: typed.refine((text) => toCode(text) !== null) }) },
  async (context, { token, code }) => {
    await proveInvitationMailbox(context, { token, browserHash: await readBrowserHash(), code });
    redirect(setupPath(token), RedirectType.replace);
  },
);

export async function verifyMailbox(_: MailboxState, form: FormData): Promise<MailboxState> {
  return toMailboxState(await submitCode(null, form), form);
}

/** If anything changed since the page was rendered, redirects to the current page. */
function toMailboxState(result: ActionResult<unknown>, form: FormData): MailboxState {
  if (result.ok) return { failure: null };
  const isOutdated = result.error.code === 'invitation_used_or_expired' || result.error.code === 'identifier_taken';
  if (isOutdated) redirect(setupPath(textOf(form, 'token')), RedirectType.replace);
  return { failure: result.error };
}

export const beginSetupAction = openAction(
  { input: z.object({ token, first: typed, last: typed, email: typed }) satisfies z.ZodType<SetupInput> },
  async (context, input) => beginSetup(context, await ensureBrowserHash(), input),
);

export const finishSetupAction = openAction(
  { input: z.object({ token, response: z.unknown() }) },
  async (context, { token, response }) => {
    const client = { ...(await signInBrowser()), address: context.address };
    const input = { token, response };
    const signedIn = await finishSetup(context, (await readBrowserHash()) ?? '', input, client);
    await startSession(signedIn.session, signedIn.identity);
    redirect(await consolePathOf(signedIn), RedirectType.replace);
  },
);

export type AcceptState = { failure: Failure | null };

const submitAcceptance = action({ fresh: true, input: z.object({ token }) }, async (proof, input) => {
  return enter(await acceptInvitation(proof, input.token));
});

/** For sessions opened by an emailed code: the passkey to accept with. */
export const beginAcceptanceAction = action({ fresh: true, input: z.object({ token }) }, async (proof, input) =>
  beginAcceptance(proof, await ensureBrowserHash(), input.token),
);

export const finishAcceptanceAction = action(
  { fresh: false, input: z.object({ token, response: z.unknown() }) },
  async (proof, { token, response }) =>
    enter(await finishAcceptance(proof, await readBrowserHash(), { token, response })),
);

/** The session continues under a new ID. */
async function enter(accepted: Accepted): Promise<never> {
  await startSession(accepted.session, accepted.identity);
  redirect(await consolePathOf(accepted), RedirectType.replace);
}

/** What the person can now manage: the organization's project, or the list of its projects. */
async function consolePathOf({ organizationId }: Pick<Accepted, 'organizationId'>): Promise<string> {
  const [organization, projects] = await Promise.all([
    findOrganization(organizationId),
    listProjects([organizationId]),
  ]);
  const [project] = projects;
  if (!organization) return '/console';
  return project && projects.length === 1
    ? `/console/${organization.slug}/${project.slug}`
    : `/console/${organization.slug}`;
}

/** Accepts with an existing account. If anything changed since the page was rendered, redirects to the current page. */
export async function accept(_: AcceptState, form: FormData): Promise<AcceptState> {
  const result = await submitAcceptance(null, form);
  if (result.ok) return { failure: null };
  const page = setupPath(textOf(form, 'token'));
  if (result.error.code === 'unauthenticated') redirect(toLoginPath(page), RedirectType.replace);
  const isOutdated = result.error.code === 'invitation_used_or_expired' || result.error.code === 'mailbox_unproven';
  if (isOutdated) redirect(page, RedirectType.replace);
  return { failure: result.error };
}
