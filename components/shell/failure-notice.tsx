'use client';

import { Notice } from '@/components/ui/notice';
import { errorMessage, type Failure } from '@/lib/i18n/error-message';
import { useTranslations } from '@/lib/i18n/use-translations';

/** What went wrong with a form as a whole, in words, read out when it appears. Needs the namespace `errors`. */
export function FailureNotice({ failure }: { failure: Failure | null }) {
  const t = useTranslations('common.notice');
  const errors = useTranslations('errors');
  // A form of anybody is forbidden for one reason: it was not posted from this page as it was served.
  const shown = failure?.code === 'forbidden' ? { code: 'csrf' as const } : failure;
  return (
    <div role="alert" className="empty:hidden">
      {shown && (
        <Notice tone="danger" word={t('danger')}>
          {errorMessage(errors, shown)}
        </Notice>
      )}
    </div>
  );
}
