'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  text: string;
  /** Between 0 and 1; null while the number of rows is unknown. */
  share: number | null;
  /** Null for viewers. */
  stop: (() => Promise<ActionResult<unknown>>) | null;
};

const REFRESH_MILLIS = 1000;

/** Renders the page again every second while the job runs. */
export function ImportProgress({ text, share, stop }: Props) {
  const t = useTranslations('consoleImport.run');
  const common = useTranslations('common');
  const router = useRouter();
  const { run, isPending, failure, isCancelled } = useStepUpAction();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), REFRESH_MILLIS);
    return () => clearInterval(timer);
  }, [router]);
  return (
    <div className="flex flex-col items-start gap-3">
      <p role="status">{text}</p>
      <progress
        aria-label={t('progress')}
        {...(share !== null && { value: share })}
        max={1}
        className="h-2 w-full max-w-text accent-accent"
      />
      {stop && (
        <Button size="small" onClick={() => run(stop)} isPending={isPending} pendingLabel={common('working')}>
          {t('stop')}
        </Button>
      )}
      <ActionNote failure={failure} isCancelled={isCancelled} />
    </div>
  );
}
