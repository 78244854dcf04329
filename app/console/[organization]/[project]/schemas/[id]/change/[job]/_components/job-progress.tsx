'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  /** 0 to 1. */
  share: number;
  text: string;
  label: string;
  isRunning: boolean;
  isStopping: boolean;
  /** False for viewers. */
  canStop: boolean;
  stop: () => Promise<ActionResult<unknown>>;
};

const REFRESH_MILLIS = 1000;

/** Renders the page again every second while the job runs; then only the text stays. */
export function JobProgress({ share, text, label, isRunning, isStopping, canStop, stop }: Props) {
  const t = useTranslations('consoleSchemaChange.jobs');
  const common = useTranslations('common');
  const router = useRouter();
  const { run, isPending, failure, isCancelled } = useStepUpAction();
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => router.refresh(), REFRESH_MILLIS);
    return () => clearInterval(timer);
  }, [isRunning, router]);
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="max-w-text text-base font-semibold">
        {text}
      </p>
      {isRunning && (
        <>
          <progress aria-label={label} value={share} max={1} className="h-2 w-full max-w-text accent-accent" />
          <div className={canStop ? undefined : 'hidden'}>
            <Button
              size="small"
              onClick={() => run(stop)}
              isPending={isPending || isStopping}
              pendingLabel={common('working')}
            >
              {t('stop')}
            </Button>
          </div>
        </>
      )}
      <ActionNote failure={failure} isCancelled={isCancelled} />
    </div>
  );
}
