'use client';

import { StatusPage } from '@/components/shell/status-page';
import { Button } from '@/components/ui/button';
import { TEXT_LINK_STYLE } from '@/components/ui/text-link';
import { useTranslations } from '@/lib/i18n/use-translations';

type Props = { error: unknown; retry: () => void };

/** Shown when a page fails. The log holds the reference with the error. */
export default function ErrorPage({ error, retry }: Props) {
  const t = useTranslations('common.failure');
  const reference = error instanceof Error && 'digest' in error ? String(error.digest) : undefined;
  return (
    <StatusPage
      title={t('title')}
      action={
        <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
          <Button variant="primary" onClick={retry}>
            {t('action')}
          </Button>
          {/* A full load: the state of this page led to the failure. */}
          <a href="/" className={TEXT_LINK_STYLE}>
            {t('home')}
          </a>
        </div>
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
    </StatusPage>
  );
}
