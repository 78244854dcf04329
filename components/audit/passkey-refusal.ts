import type { AuditEvent } from '@/lib/audit/model';
import { PASSKEY_REFUSALS } from '@/lib/credential/model';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';

/** Appends the reason for a refused passkey to an event's sentence, if the event has one. */
export function withPasskeyRefusal(sentence: string, { details }: Pick<AuditEvent, 'details'>, locale: Locale): string {
  const reason = PASSKEY_REFUSALS.find((each) => each === details.reason);
  return reason ? `${sentence}: ${translator(locale, 'activity.passkeyRefusal')(reason)}` : sentence;
}
