import type { CeremonyFailure } from '@/components/passkey/ceremony';
import type { Violation } from '@/lib/platform/errors';

/** The violations of a refusal, by field; a taken slug is one of them. */
export function refusalViolations(error: CeremonyFailure): Violation[] {
  if (error.code === 'slug_taken') return [{ pointer: '/slug', message: '', keyword: 'taken' }];
  if (error.code === 'origin_taken') return [{ pointer: '/origin', message: '', keyword: 'taken' }];
  return ('violations' in error && error.violations) || [];
}
