import { Badge } from '@/components/ui/badge';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { WebhookDelivery } from '@/lib/webhook/model';

const TONES = { waiting: 'info', delivered: 'success', failed: 'danger' } as const;

export function DeliveryStateBadge({ delivery, locale }: { delivery: WebhookDelivery; locale: Locale }) {
  const { state } = delivery;
  return <Badge tone={TONES[state]}>{translator(locale, 'consoleWebhooks.deliveries.states')(state)}</Badge>;
}

const FAULTS = [
  ...(['url_refused', 'address_refused', 'unresolvable', 'unreachable'] as const),
  ...(['tls', 'interrupted', 'bad_answer', 'timeout'] as const),
];

/** The last answer in words: its status, or why there was none. Null before the first attempt. */
export function answerText({ status, fault }: WebhookDelivery, locale: Locale): string | null {
  if (status !== null) return String(status);
  if (fault === null) return null;
  return translator(locale, 'consoleWebhooks.faultWords')(FAULTS.find((known) => known === fault) ?? 'other');
}
