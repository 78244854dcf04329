/**
 * TLS of the SMTP connection by SMTP_URL: `?tls=required`, `opportunistic` or `none`. By default TLS is required,
 * because mails carry codes that sign in (RFC 8314 §3), except for a server on this machine, where it is used if
 * offered.
 */
export const SMTP_TLS = ['required', 'opportunistic', 'none'] as const;
export type SmtpTls = (typeof SMTP_TLS)[number];

export function isSmtpUrl(value: string): boolean {
  return /^smtps?:\/\//.test(value) && URL.canParse(value) && new URL(value).hostname !== '';
}

/**
 * Whether the parameter `tls` is absent or allowed for the scheme: a connection that starts with TLS always uses it.
 */
export function hasKnownTls(smtpUrl: string): boolean {
  const url = new URL(smtpUrl);
  const requested = url.searchParams.getAll('tls');
  const allowed: readonly string[] = url.protocol === 'smtps:' ? ['required'] : SMTP_TLS;
  return requested.length <= 1 && requested.every((value) => allowed.includes(value));
}

export function tlsOf(smtpUrl: string): SmtpTls {
  const { searchParams, hostname } = new URL(smtpUrl);
  const requested = SMTP_TLS.find((value) => value === searchParams.get('tls'));
  return requested ?? (isLoopback(hostname) ? 'opportunistic' : 'required');
}

/** By name, not by resolution: a resolver is not trusted with this. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.toLowerCase();
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(host);
}
