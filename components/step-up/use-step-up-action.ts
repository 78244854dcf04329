'use client';

import { useRef, useState } from 'react';
import type { CeremonyFailure } from '@/components/passkey/ceremony';
import { failureMessage } from '@/components/passkey/failure-message';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import { useStepUp } from './step-up-provider';

/** What is shown of the last call. */
type Note = { failure: string | undefined; isCancelled: boolean };

const NOTHING: Note = { failure: undefined, isCancelled: false };

type Outcome<Output> = { ok: true; value: Output } | { ok: false; error: CeremonyFailure };

/**
 * Calls server actions one at a time, with step-up where required. `failure` is the sentence for the last refusal,
 * `isCancelled` says that the person closed the step-up: `ActionNote` shows both. A second call while one is running does
 * nothing (null).
 */
export function useStepUpAction() {
  const errors = useTranslations('errors.browser');
  const withStepUp = useStepUp();
  const [isPending, setPending] = useState(false);
  const isRunning = useRef(false); // a ref, as two clicks can precede the next render
  const [note, setNote] = useState(NOTHING);
  const setFailure = (failure: string | undefined) => setNote({ failure, isCancelled: false });
  const run = async <Output>(attempt: () => Promise<ActionResult<Output>>): Promise<Outcome<Output> | null> => {
    if (isRunning.current) return null;
    isRunning.current = true;
    setPending(true);
    setNote(NOTHING);
    // An unreachable action throws.
    const outcome = await withStepUp(() => attempt().catch(() => ({ ok: false, error: { code: 'offline' } }) as const));
    isRunning.current = false;
    setPending(false);
    if (!outcome.ok) {
      const isCancelled = outcome.error.code === 'ceremony_cancelled';
      setNote({ failure: isCancelled ? undefined : failureMessage(errors, outcome.error), isCancelled });
    }
    return outcome;
  };
  return { run, isPending, ...note, setFailure };
}
