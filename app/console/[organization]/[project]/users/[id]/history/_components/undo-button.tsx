'use client';

import { useEffect, useRef, useState } from 'react';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { Undo2 } from '@/components/ui/icons';
import { Dialog } from '@/components/ui/overlay/dialogs';
import { Effects } from '@/components/undo/effects';
import { Conflicts } from '@/components/undo/refusal-dialog';
import { useUndo } from '@/components/undo/undo-provider';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import type { UndoPreview } from '@/lib/undo/model/shown';

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
        {shown && !shown.refusal && <Effects changes={shown.changes} notes={shown.notes} afterLabel={t('restored')} />}
        <ActionNote failure={reading.failure} isCancelled={reading.isCancelled} />
      </Dialog>
    </>
  );
}
