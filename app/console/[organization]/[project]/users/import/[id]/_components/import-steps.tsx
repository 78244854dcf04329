'use client';

import { useRouter } from 'next/navigation';
import { ActionNote } from '@/components/step-up/action-note';
import { ConfirmAction } from '@/components/step-up/confirm-action';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Act = () => Promise<ActionResult<unknown>>;
type Props = {
  /** What a dry run found; null before it. */
  checked: { created: number; changed: number } | null;
  check: Act;
  id: string;
  start: (input: { id: string; expected: number }) => Promise<ActionResult<unknown>>;
  cancel: Act;
  /** Where a discarded file leads. */
  base: string;
};

/** First the check, then the import. */
export function ImportSteps({ checked, check, id, start, cancel, base }: Props) {
  const t = useTranslations('consoleImport');
  const common = useTranslations('common');
  const router = useRouter();
  const { run, isPending, failure, isCancelled } = useStepUpAction();
  const affected = checked ? checked.created + checked.changed : 0;
  const after = async (act: Act, next: () => void) => {
    const outcome = await run(act);
    if (outcome?.ok) next();
  };
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-3">
        {checked && affected > 0 && (
          <ConfirmAction
            trigger={{ variant: 'primary', children: t('start.action', { count: affected }) }}
            title={t('start.title', { count: affected })}
            description={t('start.body', checked)}
            confirmLabel={t('start.confirm')}
            action={() => start({ id, expected: affected })}
            onDone={() => router.refresh()}
          />
        )}
        <Button
          variant={checked ? 'secondary' : 'primary'}
          onClick={() => after(check, router.refresh)}
          isPending={isPending}
          pendingLabel={common('working')}
          waitsForHydration
        >
          {t(checked ? 'check.again' : 'check.action')}
        </Button>
        <Button variant="quiet" onClick={() => after(cancel, () => router.push(base))} waitsForHydration>
          {t('cancel.action')}
        </Button>
      </div>
      <p className="text-sm text-muted">{checked && affected === 0 ? t('start.nothing') : t('check.help')}</p>
      <ActionNote failure={failure} isCancelled={isCancelled} />
    </div>
  );
}
