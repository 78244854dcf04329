import { z } from 'zod';
import { finishPasskeySignIn } from '@/lib/credential/service';
import { browserHashOf } from '@/lib/web/browser-cookies';
import { toLocalPath } from '@/lib/web/local-path';
import { clientOf, startSessionIn } from '@/lib/web/start-session';
import { scriptRoute } from '../../../script-route';

const input = z.strictObject({ response: z.unknown(), returnTo: z.unknown().optional() });

/** Verifies the authenticator's response and opens a session; answers where the page leads. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = scriptRoute(
  { input },
  async (browser, { response, returnTo }) => {
    // Without a nonce this browser has no challenge: `ceremony_expired`.
    const browserHash = browserHashOf(browser) ?? '';
    const { session, identity } = await finishPasskeySignIn(browser.context, browserHash, response, clientOf(browser));
    startSessionIn(browser, session, identity);
    return { location: toLocalPath(returnTo) ?? '/profile' };
  },
);
