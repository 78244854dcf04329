import type { Failure } from '@/lib/i18n/error-message';

/** What is nobody's fault is said in passing. */
const QUIET = ['registration_cancelled', 'passkeys_unsupported', 'ceremony_expired'] as const;

export function isQuiet({ code }: Failure): boolean {
  return QUIET.some((quiet) => quiet === code);
}
