import { beginPasskeySignIn } from '@/lib/credential/service';
import { ensureHashOf } from '@/lib/web/browser-cookies';
import { scriptRoute } from '../../../script-route';

/** Begins a ceremony: the options for the authenticator, and a nonce for the browser. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = scriptRoute({}, (browser) =>
  beginPasskeySignIn(browser.context, ensureHashOf(browser)),
);
