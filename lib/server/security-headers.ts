/**
 * The policy of pages. Scripts run by nonce only; a `<style>` element needs the nonce too, a style attribute does not
 * (menus and dialogs are positioned with it). Nothing may be loaded from, framed by or posted to another host. In
 * development, Next's tools also need eval, inline styles and web sockets.
 */
export function contentSecurityPolicy(nonce: string, isDevelopment: boolean): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' ${isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${isDevelopment ? ' ws:' : ''}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** API responses load nothing. */
export const PROGRAM_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** Mail logos: webmail embeds them in pages of another site. All other responses are same-origin. */
const CROSS_ORIGIN = /^\/branding\/logo\/[^/]+$/;

/**
 * The pages that an application opens, also in a popup: another policy would cut its `window.opener`, and the popup's
 * answer would reach no one. They hold no secret that an opener could read across origins.
 */
const OPENED_BY_APPLICATIONS = /^(?:\/api)?\/(?:login(?:\/.*)?|authorize|oauth2\/auth|oauth2\/sessions\/logout)$/;

/** The headers of every response. */
export function securityHeaders(policy: string, isHttps: boolean, path: string): Record<string, string> {
  return {
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': OPENED_BY_APPLICATIONS.test(path) ? 'unsafe-none' : 'same-origin',
    'cross-origin-resource-policy': CROSS_ORIGIN.test(path) ? 'cross-origin' : 'same-origin',
    'permissions-policy':
      'publickey-credentials-get=(self), publickey-credentials-create=(self), camera=(), microphone=(), geolocation=()',
    ...(isHttps && { 'strict-transport-security': 'max-age=63072000' }),
  };
}
