'use client';

import { type ReactNode, useState } from 'react';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { RadioField } from '@/components/ui/form/radio-field';
import { RefreshCw } from '@/components/ui/icons';
import { FormDialog } from '@/components/ui/overlay/form-dialog';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

/** How long the previous secret keeps working, in hours. */
const OVERLAPS = { now: 0, hour: 1, day: 24, week: 7 * 24, month: 30 * 24 } as const;
export type Overlap = keyof typeof OVERLAPS;

type Words = Record<'action' | 'title' | 'body' | 'overlap' | 'nowHelp' | 'confirm', string>;
type Props<Rotated> = {
  words: Words;
  /** The choices in their order, with their texts. */
  overlaps: ReadonlyArray<readonly [Overlap, string]>;
  rotate: (overlapHours: number) => Promise<ActionResult<Rotated>>;
  /** Shows the new secret once. */
  children: (rotated: Rotated, shown: { isEnded: boolean; onClose: () => void }) => ReactNode;
};

/** Creates a new secret; the previous one keeps working for the chosen overlap. */
export function RotateSecretDialog<Rotated>({ words, overlaps, rotate, children }: Props<Rotated>) {
  const common = useTranslations('common');
  const { run, isPending, failure, isCancelled, setFailure } = useStepUpAction();
  const [isOpen, setOpen] = useState(false);
  const [overlap, setOverlap] = useState<Overlap>('day');
  const [rotated, setRotated] = useState<{ value: Rotated }>();

  const open = () => {
    setFailure(undefined);
    setOverlap('day');
    setOpen(true);
  };
  const submit = async () => {
    const result = await run(() => rotate(OVERLAPS[overlap]));
    if (!result?.ok) return;
    setRotated({ value: result.value });
    setOpen(false);
  };
  return (
    <>
      <Button size="small" icon={<RefreshCw size={16} aria-hidden />} onClick={open} waitsForHydration>
        {words.action}
      </Button>
      <FormDialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={words.title}
        description={<p>{words.body}</p>}
        cancelLabel={common('cancel')}
        closeLabel={common('close')}
        submitLabel={words.confirm}
        isPending={isPending}
        pendingLabel={common('working')}
        note={<ActionNote failure={failure} isCancelled={isCancelled} />}
        onSubmit={submit}
      >
        <RadioField
          name="overlap"
          legend={words.overlap}
          value={overlap}
          onValueChange={(value) => setOverlap(overlaps.find(([choice]) => choice === value)?.[0] ?? 'day')}
          options={overlaps.map(([value, text]) => ({ value, text, ...(value === 'now' && { help: words.nowHelp }) }))}
        />
      </FormDialog>
      {rotated && children(rotated.value, { isEnded: OVERLAPS[overlap] === 0, onClose: () => setRotated(undefined) })}
    </>
  );
}
