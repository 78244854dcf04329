/** Set when a person said "Not now" to creating a passkey; a session cookie of the browser. */
export const PASSKEY_OFFER_COOKIE = 'signet_passkey_later';
