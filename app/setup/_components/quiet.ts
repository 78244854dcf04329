import type { Failure } from '@/lib/i18n/error-message';

/** Errors without fault of the person are announced quietly. */
const QUIET = ['registration_cancelled', 'passkeys_unsupported', 'ceremony_expired'] as const;

export function isQuiet({ code }: Failure): boolean {
  return QUIET.some((quiet) => quiet === code);
}
