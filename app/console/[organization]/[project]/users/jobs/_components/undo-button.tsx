'use client';

import { useRouter } from 'next/navigation';
import { ConfirmAction } from '@/components/step-up/confirm-action';
import { Undo2 } from '@/components/ui/icons';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  job: string;
  /** Changes that it made. */
  count: number;
  /** Users whom the undo deletes permanently, as the project has no recycle bin. */
  purged: number;
  undo: () => Promise<ActionResult<{ id: string }>>;
  /** The page of a job is at `{base}/{id}`. */
  base: string;
};

/** Asks, starts the undo, and shows its progress. */
export function UndoButton({ job, count, purged, undo, base }: Props) {
  const t = useTranslations('consoleJobs.undo');
  const router = useRouter();
  return (
    <ConfirmAction
      trigger={{
        size: 'small',
        'aria-label': t('label', { job }),
        icon: <Undo2 size={16} aria-hidden />,
        children: t('action'),
      }}
      title={t('title', { job })}
      description={
        <>
          <p>{t('body', { count })}</p>
          {purged > 0 && <p className="font-semibold">{t('purges', { count: purged })}</p>}
        </>
      }
      confirmLabel={t('action')}
      action={undo}
      doneText={t('started')}
      onDone={({ id }) => router.push(`${base}/${id}`)}
    />
  );
}
