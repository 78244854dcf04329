'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  handled: number;
  total: number;
  isRunning: boolean;
  isStopping: boolean;
  /** Progress while it runs, then the result. */
  text: string;
  label: string;
  /** Null for viewers. */
  stop: (() => Promise<ActionResult<unknown>>) | null;
};

const REFRESH_MILLIS = 1000;

/** Renders the page again every second while the job runs. */
export function BulkProgress({ handled, total, isRunning, isStopping, text, label, stop }: Props) {
  const t = useTranslations('consoleUsers.bulk.stop');
  const common = useTranslations('common');
  const router = useRouter();
  const { run, isPending, failure } = useStepUpAction();
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => router.refresh(), REFRESH_MILLIS);
    return () => clearInterval(timer);
  }, [isRunning, router]);
  const share = total === 0 ? 1 : Math.min(1, handled / total);
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="max-w-text">
        {text}
      </p>
      <progress
        aria-label={label}
        value={isRunning ? share : 1}
        max={1}
        className="h-2 w-full max-w-text accent-accent"
      />
      {stop && (
        <div className={isRunning ? undefined : 'hidden'}>
          <Button
            size="small"
            onClick={() => run(stop)}
            isPending={isPending || isStopping}
            pendingLabel={common('working')}
          >
            {t('action')}
          </Button>
        </div>
      )}
      <p role="alert" className="text-danger empty:hidden">
        {failure}
      </p>
    </div>
  );
}
