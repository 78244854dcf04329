'use client';

import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = { job: string; stop: () => Promise<ActionResult<unknown>> };

export function StopButton({ job, stop }: Props) {
  const t = useTranslations('consoleJobs.stop');
  const common = useTranslations('common');
  const { run, isPending, failure, isCancelled } = useStepUpAction();
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
      <ActionNote failure={failure} isCancelled={isCancelled} />
    </div>
  );
}
