'use client';

import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { Send } from '@/components/ui/icons';
import { useToast } from '@/components/ui/overlay/toast';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = { label: string; doneText: string; send: () => Promise<ActionResult<unknown>> };

/** Sends an event now. The page shows the outcome as soon as it is there. */
export function SendButton({ label, doneText, send }: Props) {
  const common = useTranslations('common');
  const toast = useToast();
  const { run, isPending, failure, isCancelled } = useStepUpAction();
  const submit = async () => {
    const result = await run(send);
    if (result?.ok) toast({ text: doneText });
  };
  return (
    <div className="flex flex-col items-start gap-1">
      <Button
        size="small"
        icon={<Send size={16} aria-hidden />}
        onClick={submit}
        isPending={isPending}
        pendingLabel={common('working')}
        waitsForHydration
      >
        {label}
      </Button>
      <ActionNote failure={failure} isCancelled={isCancelled} />
    </div>
  );
}
