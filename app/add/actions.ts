'use server';

import { RedirectType, redirect } from 'next/navigation';
import { z } from 'zod';
import type { Failure } from '@/lib/i18n/error-message';
import { PAIRING_PATH } from '@/lib/pairing/model';
import {
  beginPairedRegistration,
  cancelRequest,
  findTokenByCode,
  finishPairedRegistration,
  requestPairing,
} from '@/lib/pairing/service';
import { LINK_TOKEN } from '@/lib/platform/link-token';
import { openAction } from '@/lib/web/action';
import { currentBrowser, ensureBrowserHash, readBrowserHash } from '@/lib/web/browser';
import { textOf } from '@/lib/web/form-fields';

/** "Use another device", on the other device. None of these opens a session. */
export type CodeState = { code: string; failure: Failure | null };
export type RequestState = { failure: Failure | null };

const findCode = openAction({ input: z.object({ code: z.string().max(1000) }) }, async (context, { code }) => {
  redirect(`${PAIRING_PATH}?${await findTokenByCode(context, code)}`);
});

export async function submitCode(_: CodeState, form: FormData): Promise<CodeState> {
  const result = await findCode(null, form);
  return { code: textOf(form, 'code'), failure: result.ok ? null : result.error };
}

const request = openAction({ input: z.object({ token: z.string().regex(LINK_TOKEN) }) }, async (context, { token }) => {
  const { userAgent } = await currentBrowser();
  await requestPairing(context, { token, browserHash: await ensureBrowserHash(), userAgent });
  // The token leaves the address bar: it opens nothing any more.
  redirect(PAIRING_PATH, RedirectType.replace);
});

export async function submitRequest(_: RequestState, form: FormData): Promise<RequestState> {
  const result = await request(null, form);
  return { failure: result.ok ? null : result.error };
}

const cancel = openAction({}, async (context) => {
  await cancelRequest(context, await readBrowserHash());
  redirect(PAIRING_PATH, RedirectType.replace);
});

export async function submitCancel(_: RequestState, form: FormData): Promise<RequestState> {
  const result = await cancel(null, form);
  return { failure: result.ok ? null : result.error };
}

export const beginRegistration = openAction({}, async (context) =>
  beginPairedRegistration(context, await readBrowserHash()),
);

export const finishRegistration = openAction({ input: z.unknown() }, async (context, response) => {
  const { userAgent } = await currentBrowser();
  await finishPairedRegistration(context, { browserHash: await readBrowserHash(), userAgent }, response);
  return undefined;
});
