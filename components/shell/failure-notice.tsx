'use client';

import { Notice } from '@/components/ui/notice';
import { type Failure, failureSentence } from '@/lib/i18n/error-message';
import { useTranslations } from '@/lib/i18n/use-translations';

/** A form-level error as a sentence, announced when it appears. Needs the messages `errors.browser`. */
export function FailureNotice({ failure }: { failure: Failure | null }) {
  const t = useTranslations('common.notice');
  const errors = useTranslations('errors.browser');
  // A public form is `forbidden` for one reason: it was not posted from the page as served.
  const shown = failure?.code === 'forbidden' ? { code: 'csrf' as const } : failure;
  // The person closed a dialog: no error.
  const isCancelled = shown?.code === 'ceremony_cancelled';
  return (
    <>
      <div role="alert" className="empty:hidden">
        {shown && !isCancelled && (
          <Notice tone="danger" word={t('danger')}>
            {failureSentence(errors, shown)}
          </Notice>
        )}
      </div>
      <p role="status" className="text-muted empty:hidden">
        {isCancelled && failureSentence(errors, shown)}
      </p>
    </>
  );
}
