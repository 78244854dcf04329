'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useState } from 'react';
import { ConfirmDialog } from '@/components/step-up/confirm-action';
import { TextField } from '@/components/ui/form/text-field';
import { Skeleton } from '@/components/ui/skeleton';
import type { BulkKind, LeftOutReason, Selection, Survey } from '@/lib/bulk/model';
import { hasUnchanged, LEFT_OUT_REASONS } from '@/lib/bulk/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

export type BulkActions = {
  survey: (input: { kind: BulkKind; selection: Selection }) => Promise<ActionResult<Survey>>;
  start: (input: { kind: BulkKind; selection: Selection; affected: number }) => Promise<ActionResult<{ id: string }>>;
};

type Props = {
  kind: BulkKind;
  selection: Selection;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  actions: BulkActions;
  base: string;
};

/** Counts the selection when it opens, says in exact numbers what would happen, and starts it. */
export function BulkDialog({ kind, selection, isOpen, onOpenChange, actions, base }: Props) {
  const t = useTranslations('consoleUsers.bulk');
  const common = useTranslations('common.typedConfirmation');
  const router = useRouter();
  const { survey, isFailed, count } = useSurvey(() => actions.survey({ kind, selection }), isOpen);
  const [typed, setTyped] = useState('');
  const [mismatch, setMismatch] = useState<string>();
  const affected = survey?.affected ?? 0;
  const expected = String(affected);
  const validate = () => {
    const isConfirmed = kind !== 'delete' || typed.trim() === expected;
    setMismatch(isConfirmed ? undefined : common('mismatch', { value: expected }));
    return isConfirmed;
  };
  const handleOpenChange = (next: boolean) => {
    setTyped('');
    setMismatch(undefined);
    onOpenChange(next);
  };
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={handleOpenChange}
      title={survey ? t(`title.${kind}`, { count: affected }) : t(`actions.${kind}`)}
      description={
        <div aria-live="polite" className="flex flex-col gap-2">
          {!survey && !isFailed && <Counting label={t('counting')} />}
          {isFailed && <p>{t('notCounted')}</p>}
          {survey && <Numbers kind={kind} survey={survey} />}
        </div>
      }
      confirmLabel={survey && affected > 0 ? t(`actions.${kind}`) : undefined}
      validate={validate}
      action={() => actions.start({ kind, selection, affected })}
      onRefused={(code) => code === 'selection_changed' && count()}
      onDone={({ id }) => router.push(`${base}/${id}`)}
      isLeaving
    >
      {kind === 'delete' && affected > 0 && (
        <TextField
          name="confirmation"
          autoComplete="off"
          inputMode="numeric"
          label={common('field', { value: expected })}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          error={mismatch}
        />
      )}
    </ConfirmDialog>
  );
}

function Counting({ label }: { label: string }) {
  return (
    <>
      <span className="sr-only">{label}</span>
      <Skeleton className="h-12 w-full" />
    </>
  );
}

function Numbers({ kind, survey }: { kind: BulkKind; survey: Survey }) {
  const t = useTranslations('consoleUsers.bulk');
  const { affected, unchanged, sessions, passkeys, leftOut, recycleBinDays: days = 0 } = survey;
  const key = kind === 'delete' && days > 0 ? 'deleteToBin' : kind;
  const reasons = LEFT_OUT_REASONS.filter((reason) => (leftOut[reason] ?? 0) > 0);
  return (
    <>
      <p>{affected === 0 ? t('nothing') : t(`body.${key}`, { count: affected, sessions, passkeys, days })}</p>
      {unchanged > 0 && hasUnchanged(kind) && <p>{t(`unchanged.${kind}`, { count: unchanged })}</p>}
      {reasons.length > 0 && (
        <ul className="list-disc ps-5">
          {reasons.map((reason: LeftOutReason) => (
            <li key={reason}>{t(`leftOut.${reason}`, { count: leftOut[reason] ?? 0 })}</li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Asks again each time the dialog opens; an answer to an earlier question is dropped. */
function useSurvey(ask: () => Promise<ActionResult<Survey>>, isOpen: boolean) {
  const [survey, setSurvey] = useState<Survey>();
  const [isFailed, setFailed] = useState(false);
  const [asked, setAsked] = useState(0);
  const count = useCallback(() => setAsked((last) => last + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the selection cannot change behind the open dialog
  useEffect(() => {
    if (!isOpen) return;
    let isCurrent = true;
    setSurvey(undefined);
    setFailed(false);
    ask()
      .catch(() => null)
      .then((result) => {
        if (!isCurrent) return;
        if (result?.ok) setSurvey(result.value);
        else setFailed(true);
      });
    return () => {
      isCurrent = false;
    };
  }, [isOpen, asked]);
  return { survey, isFailed, count };
}
