'use client';

import { useState } from 'react';
import type { CeremonyResult } from '@/components/passkey/ceremony';
import { failureMessage } from '@/components/passkey/failure-message';
import type { CreationOptions } from '@/components/passkey/register';
import { useStepUp } from '@/components/step-up/step-up-provider';
import { OnDemand, useOnFirstMove } from '@/components/ui/overlay/on-demand';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

/** The ceremony: not part of the page. */
const ceremony = new OnDemand(() => import('@/components/passkey/register'));

export type AddedPasskey = { id: string; name: string };

export type AddPasskeyActions = {
  begin: () => Promise<ActionResult<CreationOptions>>;
  finish: (response: unknown) => Promise<ActionResult<AddedPasskey>>;
};

type Events = {
  onAdded: (passkey: AddedPasskey) => void;
  onFailed: (message: string | undefined, code?: string) => void;
};

/** Adds a passkey: step-up if needed, then the browser's dialog, then the outcome in words. */
export function useAddPasskey({ begin, finish }: AddPasskeyActions, { onAdded, onFailed }: Events) {
  const errors = useTranslations('errors.browser');
  const withStepUp = useStepUp();
  const [isPending, setPending] = useState(false);
  useOnFirstMove(ceremony);
  const create = async (): Promise<CeremonyResult<AddedPasskey>> => {
    const loaded = await ceremony.load().catch(() => null);
    return loaded ? loaded.createPasskey(begin, finish) : { ok: false, error: { code: 'offline' } };
  };
  const add = async () => {
    setPending(true);
    onFailed(undefined);
    const result = await withStepUp(create);
    setPending(false);
    if (result.ok) onAdded(result.value);
    else onFailed(failureMessage(errors, result.error), result.error.code);
  };
  return { add, isPending };
}
