import type { AuditEvent } from '@/lib/audit/model';
import { PASSKEY_REFUSALS } from '@/lib/credential/model';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';

/** Adds to the sentence of an event why a passkey was refused, where the event says so. */
export function withPasskeyRefusal(sentence: string, { details }: Pick<AuditEvent, 'details'>, locale: Locale): string {
  const reason = PASSKEY_REFUSALS.find((each) => each === details.reason);
  return reason ? `${sentence}: ${translator(locale, 'activity.passkeyRefusal')(reason)}` : sentence;
}
