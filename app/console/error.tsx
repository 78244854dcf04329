'use client';

import { ConsoleStatus } from '@/components/shell/console-status';
import { Button } from '@/components/ui/button';
import { useTranslations } from '@/lib/i18n/use-translations';

type Props = { error: unknown; retry: () => void };

/** A console page that failed, in its layout. The log holds the reference with the error and its request. */
export default function ErrorPage({ error, retry }: Props) {
  const t = useTranslations('common.failure');
  const reference = error instanceof Error && 'digest' in error ? String(error.digest) : undefined;
  return (
    <ConsoleStatus
      title={t('title')}
      action={
        <Button variant="primary" onClick={retry}>
          {t('action')}
        </Button>
      }
      footnote={
        reference && (
          <>
            {t('reference')}: <code className="font-mono">{reference}</code>
          </>
        )
      }
    >
      <p>{t('body')}</p>
    </ConsoleStatus>
  );
}
