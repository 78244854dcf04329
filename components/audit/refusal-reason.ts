import type { AuditEvent } from '@/lib/audit/model';
import { PASSKEY_REFUSALS } from '@/lib/credential/model';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';

const REFUSALS = ['code_wrong', 'inactive_identity', 'ceremony_expired'] as const;

/** Appends the reason for a refusal to an event's sentence, if the event has one that people understand. */
export function withRefusalReason(sentence: string, { details }: Pick<AuditEvent, 'details'>, locale: Locale): string {
  const passkey = PASSKEY_REFUSALS.find((each) => each === details.reason);
  const other = REFUSALS.find((each) => each === details.reason);
  if (passkey) return `${sentence}: ${translator(locale, 'activity.passkeyRefusal')(passkey)}`;
  return other ? `${sentence}: ${translator(locale, 'activity.refusal')(other)}` : sentence;
}
