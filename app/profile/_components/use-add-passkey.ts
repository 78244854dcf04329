'use client';

import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser';
import { useState } from 'react';
import { createPasskey } from '@/components/passkey/ceremony';
import { failureMessage } from '@/components/passkey/failure-message';
import { useStepUp } from '@/components/step-up/step-up-provider';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

export type AddedPasskey = { id: string; name: string };

export type AddPasskeyActions = {
  begin: () => Promise<ActionResult<PublicKeyCredentialCreationOptionsJSON>>;
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
  const add = async () => {
    setPending(true);
    onFailed(undefined);
    const result = await withStepUp(() => createPasskey(begin, finish));
    setPending(false);
    if (result.ok) onAdded(result.value);
    else onFailed(failureMessage(errors, result.error), result.error.code);
  };
  return { add, isPending };
}
