import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { Webhook } from '@/lib/webhook/model';

type Props = { webhooks: Webhook[]; base: string; locale: Locale };

/** A warning while webhooks are off that no operator switched off. */
export function SwitchedOffWebhooks({ webhooks, base, locale }: Props) {
  const off = webhooks.filter(({ isActive, offReason }) => !isActive && offReason !== 'operator');
  if (off.length === 0) return null;
  const t = translator(locale, 'consoleWebhooks');
  return (
    <Notice tone="warning" word={translator(locale, 'common')('notice.warning')}>
      {t('switchedOff', { count: off.length })}{' '}
      <Link href={base} className="underline underline-offset-4">
        {t('switchedOffLink')}
      </Link>
    </Notice>
  );
}
