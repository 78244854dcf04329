'use client';

import { useRef, useState } from 'react';
import type { CeremonyFailure } from '@/components/passkey/ceremony';
import { failureMessage } from '@/components/passkey/failure-message';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import { useStepUp } from './step-up-provider';

type Outcome<Output> = { ok: true; value: Output } | { ok: false; error: CeremonyFailure };

/**
 * Calls server actions one at a time, with step-up where required. `failure` is the sentence for the last refusal; a
 * second call while one is running does nothing (null).
 */
export function useStepUpAction() {
  const errors = useTranslations('errors.browser');
  const withStepUp = useStepUp();
  const [isPending, setPending] = useState(false);
  const isRunning = useRef(false); // a ref, as two clicks can precede the next render
  const [failure, setFailure] = useState<string>();
  const run = async <Output>(attempt: () => Promise<ActionResult<Output>>): Promise<Outcome<Output> | null> => {
    if (isRunning.current) return null;
    isRunning.current = true;
    setPending(true);
    setFailure(undefined);
    // An unreachable action throws.
    const outcome = await withStepUp(() => attempt().catch(() => ({ ok: false, error: { code: 'offline' } }) as const));
    isRunning.current = false;
    setPending(false);
    if (!outcome.ok) setFailure(failureMessage(errors, outcome.error));
    return outcome;
  };
  return { run, isPending, failure, setFailure };
}
