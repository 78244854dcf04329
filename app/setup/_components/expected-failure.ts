import type { Failure } from '@/lib/i18n/error-message';

/** Errors that are not the person's fault are announced politely. */
const EXPECTED = ['registration_cancelled', 'passkeys_unsupported', 'ceremony_expired'] as const;

export function isExpectedFailure({ code }: Failure): boolean {
  return EXPECTED.some((expected) => expected === code);
}
