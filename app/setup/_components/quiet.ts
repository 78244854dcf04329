import type { Failure } from '@/lib/i18n/error-message';

/** Errors that are not the person's fault are announced politely. */
const QUIET = ['registration_cancelled', 'passkeys_unsupported', 'ceremony_expired'] as const;

export function isQuiet({ code }: Failure): boolean {
  return QUIET.some((quiet) => quiet === code);
}
