'use client';

import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react';
import type { CeremonyFailure } from '@/components/passkey/ceremony';
import { OnDemand, type Overlay, overlayOnDemand } from '@/components/ui/overlay/on-demand';
import type { StepUpActions, StepUpDialogProps } from './step-up-dialog';

const StepUpDialog = overlayOnDemand<typeof import('./step-up-dialog'), StepUpDialogProps & Overlay>(
  new OnDemand(() => import('./step-up-dialog')),
  (loaded) => loaded.StepUpDialog,
);

type Attempt<Output> = () => Promise<Result<Output>>;
type Result<Output> = { ok: true; value: Output } | { ok: false; error: CeremonyFailure };
type WithStepUp = <Output>(attempt: Attempt<Output>) => Promise<Result<Output>>;

const Context = createContext<WithStepUp | null>(null);

/**
 * Runs an action; if the server requires a more recent authentication, the dialog asks for it and the action continues.
 * Closing the dialog yields `ceremony_cancelled`.
 */
export function useStepUp(): WithStepUp {
  const withStepUp = useContext(Context);
  if (!withStepUp) throw new Error('useStepUp needs a StepUpProvider above it');
  return withStepUp;
}

type Props = {
  actions: StepUpActions;
  hasPasskey: boolean;
  /** For operators who have a passkey: only a passkey confirms them. */
  isCodeRefused?: boolean;
  children: ReactNode;
};

export function StepUpProvider({ actions, hasPasskey, isCodeRefused = false, children }: Props) {
  const [isOpen, setOpen] = useState(false);
  const settle = useRef<(isConfirmed: boolean) => void>(() => undefined);

  const withStepUp: WithStepUp = useCallback(async (attempt) => {
    const first = await attempt();
    if (first.ok || first.error.code !== 'reauthentication_required') return first;
    const isConfirmed = await new Promise<boolean>((resolve) => {
      settle.current = resolve;
      setOpen(true);
    });
    return isConfirmed ? attempt() : { ok: false, error: { code: 'ceremony_cancelled' } };
  }, []);

  const close = (isConfirmed: boolean) => {
    setOpen(false);
    settle.current(isConfirmed);
  };

  return (
    <Context value={withStepUp}>
      {children}
      {isOpen && (
        <StepUpDialog
          actions={actions}
          hasPasskey={hasPasskey}
          isCodeRefused={isCodeRefused}
          onConfirmed={() => close(true)}
          onCancelled={() => close(false)}
          onOpenChange={() => close(false)}
        />
      )}
    </Context>
  );
}
