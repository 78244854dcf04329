'use server';

import { RedirectType, redirect } from 'next/navigation';
import { z } from 'zod';
import { openAction } from '@/lib/web/action';
import { currentSession } from '@/lib/web/session';
import { removeSessionCookie, signOut } from '@/lib/web/sign-in';
import { signOutPath } from '../paths';

const text = z.string().max(2000).optional();
const asked = z.object({ client_id: text, post_logout_redirect_uri: text, state: z.string().max(20_000).optional() });

/** Ends this browser's session, and those at applications. The page that follows leaves for the application. */
export const signOutFor = openAction({ input: asked }, async (_, input) => {
  const proof = await currentSession();
  if (proof) await signOut(proof);
  else await removeSessionCookie();
  const { client_id: clientId, post_logout_redirect_uri: postLogoutRedirectUri, state } = input;
  redirect(signOutPath({ clientId, postLogoutRedirectUri, state }, 'done'), RedirectType.replace);
});
