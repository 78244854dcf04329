'use client';

import { useRouter } from 'next/navigation';
import { ReasonsForm, type ShownReason } from '@/components/schema/reasons-form';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import type { Repair } from '@/lib/schema-change/model/repair';

type Props = {
  reasons: ShownReason[];
  chosen: Repair[];
  /** Where the next result is: followed by the job's ID. */
  href: string;
  job: string;
  check: (input: { job: string; repairs: Repair[] }) => Promise<ActionResult<{ id: string }>>;
};

/** Checks the draft again, with the chosen repairs. */
export function CheckRepairs({ reasons, chosen, href, job, check }: Props) {
  const t = useTranslations('consoleSchemaChange.impact');
  const router = useRouter();
  const { run, isPending, failure, isCancelled } = useStepUpAction();
  const onCheck = async (repairs: Repair[]) => {
    const outcome = await run(() => check({ job, repairs }));
    if (outcome?.ok) router.push(`${href}/${outcome.value.id}`);
  };
  return (
    <ReasonsForm
      reasons={reasons}
      noneText={t('none')}
      chosen={chosen}
      isPending={isPending}
      note={<ActionNote failure={failure} isCancelled={isCancelled} />}
      onCheck={onCheck}
    />
  );
}
