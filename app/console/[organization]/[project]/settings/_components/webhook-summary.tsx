import { Link } from '@/components/ui/link';
import { SwitchedOffWebhooks } from '@/components/webhook/switched-off-webhooks';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { Webhook } from '@/lib/webhook/model';

type Props = { webhooks: Webhook[]; base: string; locale: Locale };

/** How many there are, and whether one was switched off. */
export function WebhookSummary({ webhooks, base, locale }: Props) {
  const t = translator(locale, 'consoleWebhooks');
  return (
    <div className="flex flex-col gap-4">
      <SwitchedOffWebhooks webhooks={webhooks} base={base} locale={locale} />
      <p className="max-w-text">
        {t('summary', { count: webhooks.length })}{' '}
        <Link href={base} className="underline underline-offset-4">
          {t('manage')}
        </Link>
      </p>
    </div>
  );
}
