'use client';

import { useEffect, useRef, useState } from 'react';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { ArrowRight, Undo2 } from '@/components/ui/icons';
import { VisuallyHidden } from '@/components/ui/layout/visually-hidden';
import { Dialog } from '@/components/ui/overlay/dialogs';
import { Conflicts } from '@/components/undo/refusal-dialog';
import { useUndo } from '@/components/undo/undo-provider';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import type { ShownChange, UndoPreview } from '@/lib/undo/model/shown';

type Props = {
  /** The user's. */
  id: string;
  event: string;
  /** What the event says, for the button's name. */
  sentence: string;
  preview: (input: { id: string; event: string }) => Promise<ActionResult<UndoPreview>>;
};

/** Shows what undoing an event would change, or what prevents it; then undoes it. */
export function UndoButton({ id, event, sentence, preview }: Props) {
  const t = useTranslations('consoleUndo');
  const common = useTranslations('common');
  const { undo, isPending } = useUndo();
  const reading = useStepUpAction();
  const [isOpen, setOpen] = useState(false);
  const [shown, setShown] = useState<UndoPreview>();
  const isDone = useRef(false);
  // The button of an undone event is gone.
  useEffect(
    () => () => void (isDone.current && document.getElementById('content')?.focus({ preventScroll: true })),
    [],
  );
  const open = async () => {
    setShown(undefined);
    setOpen(true);
    const result = await reading.run(() => preview({ id, event }));
    if (result?.ok) setShown(result.value);
  };
  const confirm = async () => {
    isDone.current = await undo(event);
    setOpen(false);
  };
  const refusal = shown?.refusal;
  return (
    <>
      <Button
        size="small"
        variant="quiet"
        icon={<Undo2 size={16} aria-hidden />}
        aria-label={t('label', { event: sentence })}
        onClick={open}
        waitsForHydration
      >
        {common('undo')}
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={refusal ? t('impossible') : t('title')}
        description={<p>{refusal ? refusal.sentence : sentence}</p>}
        closeLabel={common('close')}
        isWide
        actions={
          <>
            <Button onClick={() => setOpen(false)}>{common(refusal ? 'close' : 'cancel')}</Button>
            {!refusal && (
              <Button
                variant="primary"
                onClick={confirm}
                isPending={isPending || !shown}
                pendingLabel={common('working')}
              >
                {common('undo')}
              </Button>
            )}
          </>
        }
        startsOnActions
      >
        {refusal && <Conflicts conflicts={refusal.conflicts} />}
        {shown && !shown.refusal && <Effects changes={shown.changes} notes={shown.notes} />}
        <p role="alert" className="text-danger empty:hidden">
          {reading.failure}
        </p>
      </Dialog>
    </>
  );
}

function Effects({ changes, notes }: { changes: ShownChange[]; notes: string[] }) {
  const t = useTranslations('undo');
  const users = useTranslations('consoleUndo');
  const value = (text: string | null) =>
    text === null ? <span className="text-muted">{t('notSet')}</span> : <bdi>{text}</bdi>;
  return (
    <>
      <dl className="flex flex-col gap-3 text-sm">
        {changes.map(({ name, now, restored }) => (
          <div key={name} className="grid min-w-0 gap-x-4 sm:grid-cols-[minmax(0,12rem)_minmax(0,1fr)]">
            <dt className="text-muted wrap-anywhere">
              <bdi>{name}</bdi>
            </dt>
            <dd className="flex min-w-0 flex-wrap items-center gap-x-2">
              <span className="min-w-0 wrap-anywhere">
                <VisuallyHidden>{t('now')}: </VisuallyHidden>
                {value(now)}
              </span>
              <ArrowRight size={14} className="shrink-0 text-muted rtl:-scale-x-100" aria-hidden />
              <span className="min-w-0 wrap-anywhere">
                <VisuallyHidden>{users('restored')}: </VisuallyHidden>
                {value(restored)}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      {notes.length > 0 && (
        <ul className="flex flex-col gap-1 text-sm text-muted">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </>
  );
}
