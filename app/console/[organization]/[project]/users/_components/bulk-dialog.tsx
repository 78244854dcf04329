'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useState } from 'react';
import { ConfirmDialog } from '@/components/step-up/confirm-action';
import { TextField } from '@/components/ui/form/text-field';
import { Skeleton } from '@/components/ui/skeleton';
import type { BulkRequest, LeftOutReason, Sample, Selection, Survey } from '@/lib/bulk/model';
import { hasUnchanged, LEFT_OUT_REASONS, targetOf } from '@/lib/bulk/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import type { Json } from '@/lib/platform/json';

export type BulkActions = {
  survey: (input: { request: BulkRequest; selection: Selection }) => Promise<ActionResult<Survey>>;
  start: (input: {
    request: BulkRequest;
    selection: Selection;
    affected: number;
  }) => Promise<ActionResult<{ id: string }>>;
};

type Props = {
  request: BulkRequest;
  selection: Selection;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  actions: BulkActions;
  base: string;
};

/** Counts the selection when it opens, says in exact numbers what would happen, and starts it. */
export function BulkDialog({ request, selection, isOpen, onOpenChange, actions, base }: Props) {
  const { kind } = request;
  const target = targetOf(request) ?? '';
  const t = useTranslations('consoleUsers.bulk');
  const common = useTranslations('common.typedConfirmation');
  const router = useRouter();
  const { survey, isFailed, count } = useSurvey(() => actions.survey({ request, selection }), isOpen);
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
      title={survey ? t(`title.${kind}`, { count: affected, target }) : t(`actions.${kind}`)}
      description={
        <div aria-live="polite" className="flex flex-col gap-2">
          {!survey && !isFailed && <Counting label={t('counting')} />}
          {isFailed && <p>{t('notCounted')}</p>}
          {survey && <Numbers request={request} survey={survey} />}
        </div>
      }
      confirmLabel={survey && affected > 0 ? t(`actions.${kind}`) : undefined}
      validate={validate}
      action={() => actions.start({ request, selection, affected })}
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

function Numbers({ request, survey }: { request: BulkRequest; survey: Survey }) {
  const t = useTranslations('consoleUsers.bulk');
  const { kind } = request;
  const { affected, unchanged, sessions, passkeys, leftOut, faults, invalid, samples } = survey;
  const { recycleBinDays: days = 0 } = survey;
  const key = kind === 'delete' && days > 0 ? 'deleteToBin' : kind;
  const target = targetOf(request) ?? '';
  const reasons = LEFT_OUT_REASONS.filter((reason) => (leftOut[reason] ?? 0) > 0);
  return (
    <>
      <p>{affected === 0 ? t('nothing') : t(`body.${key}`, { count: affected, sessions, passkeys, days, target })}</p>
      {unchanged > 0 && hasUnchanged(kind) && <p>{t(`unchanged.${kind}`, { count: unchanged })}</p>}
      {reasons.length > 0 && (
        <ul className="list-disc ps-5">
          {reasons.map((reason: LeftOutReason) => (
            <li key={reason}>{t(`leftOut.${reason}`, { count: leftOut[reason] ?? 0 })}</li>
          ))}
        </ul>
      )}
      {faults.length > 0 && (
        <div>
          <p>{t('faults')}</p>
          <ul className="list-disc ps-5">
            {faults.map(({ fault, count }) => (
              <li key={fault} className="wrap-anywhere">
                {t('fault', { count, fault })}
              </li>
            ))}
          </ul>
          <p className="text-muted wrap-anywhere">
            {t('invalid', { count: invalid.length, names: invalid.map(({ id, name }) => name || id).join(', ') })}
          </p>
        </div>
      )}
      {samples.length > 0 && <Samples samples={samples} />}
    </>
  );
}

/** The first of those affected, with each field before and after. */
function Samples({ samples }: { samples: Sample[] }) {
  const t = useTranslations('consoleUsers.bulk');
  return (
    <section aria-label={t('samples', { count: samples.length })}>
      <p>{t('samples', { count: samples.length })}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the list scrolls */}
      <ul tabIndex={0} className="max-h-48 divide-y divide-line overflow-y-auto border-y border-line">
        {samples.map(({ id, name, changes }) => (
          <li key={id} className="py-1.5">
            <bdi className="block font-medium wrap-anywhere">{name || id}</bdi>
            {Object.entries(changes).map(([pointer, { before, after }]) => (
              <span key={pointer} className="block wrap-anywhere text-muted">
                {t('sample', { pointer, before: shortText(before, t('none')), after: shortText(after, t('none')) })}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

const MAX_SHOWN = 80;

function shortText(value: Json, none: string): string {
  if (value === null) return none;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
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
