'use client';

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { OnDemand, overlayOnDemand } from '@/components/ui/overlay/on-demand';
import { useToast } from '@/components/ui/overlay/toast';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import type { ShownRefusal, UndoOutcome } from '@/lib/undo/model/shown';
import type { RefusalDialogProps } from './refusal-dialog';

const RefusalDialog = overlayOnDemand<typeof import('./refusal-dialog'), RefusalDialogProps>(
  new OnDemand(() => import('./refusal-dialog')),
  (loaded) => loaded.RefusalDialog,
);

export type UndoAction = (input: { event: string }) => Promise<ActionResult<UndoOutcome>>;

type Undo = {
  /** A toast about a change that succeeded; with an undo if it has an event. */
  announce: (text: string, event: string | null | undefined) => void;
  /** Undoes an event, and announces that. False: refused, and said why. */
  undo: (event: string) => Promise<boolean>;
  isPending: boolean;
};

const UndoContext = createContext<Undo | null>(null);

/** `announce` for changes below an `UndoProvider`. */
export function useUndo(): Undo {
  const undo = useContext(UndoContext);
  if (!undo) throw new Error('useUndo needs an UndoProvider above it');
  return undo;
}

/** Undoes changes of one person by `action`: from toasts, which can be undone in turn, and by `useUndo`. */
export function UndoProvider({ action, children }: { action: UndoAction; children: ReactNode }) {
  const t = useTranslations('undo');
  const common = useTranslations('common');
  const toast = useToast();
  const { run, isPending, failure, setFailure } = useStepUpAction();
  const [refusal, setRefusal] = useState<ShownRefusal>();
  const value = useMemo((): Undo => {
    const announce = (text: string, event: string | null | undefined) =>
      toast({ text, ...(event && { action: { label: common('undo'), onSelect: () => void undo(event) } }) });
    const undo = async (event: string) => {
      const result = await run(() => action({ event }));
      if (!result?.ok) return false;
      if (result.value.refusal) {
        setRefusal(result.value.refusal);
        return false;
      }
      announce(t('done'), result.value.undo);
      return true;
    };
    return { announce, undo, isPending };
  }, [toast, common, t, run, action, isPending]);
  const shown = refusal ?? (failure === undefined ? undefined : { sentence: failure, conflicts: [] });
  return (
    <UndoContext value={value}>
      {children}
      <RefusalDialog
        isOpen={shown !== undefined}
        refusal={shown}
        onOpenChange={() => {
          setRefusal(undefined);
          setFailure(undefined);
        }}
      />
    </UndoContext>
  );
}
