'use client';

import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = { job: string; stop: () => Promise<ActionResult<unknown>> };

export function StopButton({ job, stop }: Props) {
  const t = useTranslations('consoleJobs.stop');
  const common = useTranslations('common');
  const { run, isPending, failure } = useStepUpAction();
  return (
    <div className="flex flex-col items-start gap-1">
      <Button
        size="small"
        aria-label={t('label', { job })}
        onClick={() => run(stop)}
        isPending={isPending}
        pendingLabel={common('working')}
        waitsForHydration
      >
        {t('action')}
      </Button>
      <p role="alert" className="text-danger empty:hidden">
        {failure}
      </p>
    </div>
  );
}
