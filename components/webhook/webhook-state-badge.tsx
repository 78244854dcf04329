import { Badge } from '@/components/ui/badge';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { isDoubtful, type Webhook } from '@/lib/webhook/model';

/** On, failing or off. */
export function WebhookStateBadge({ webhook, locale }: { webhook: Webhook; locale: Locale }) {
  const t = translator(locale, 'consoleWebhooks.states');
  if (!webhook.isActive)
    return <Badge tone={webhook.offReason === 'operator' ? 'neutral' : 'danger'}>{t('off')}</Badge>;
  return isDoubtful(webhook) ? <Badge tone="warning">{t('failing')}</Badge> : <Badge tone="success">{t('on')}</Badge>;
}
