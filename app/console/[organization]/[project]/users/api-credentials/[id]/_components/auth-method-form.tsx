'use client';

import { useState } from 'react';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { RadioField } from '@/components/ui/form/radio-field';
import { VisuallyHidden } from '@/components/ui/layout/visually-hidden';
import { useHydrated } from '@/components/ui/use-hydrated';
import { AUTH_METHODS, type AuthMethod } from '@/lib/api-credential/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ChangeCredential } from './settings-fields';

type Props = { clientId: string; authMethod: AuthMethod; change: ChangeCredential };

/** Saved as soon as a method is chosen; the commands below follow. */
export function AuthMethodForm({ clientId, authMethod, change }: Props) {
  const t = useTranslations('consoleCredentials.detail');
  const help = useTranslations('consoleCredentials.methodHelp');
  const { run, isPending, failure } = useStepUpAction();
  const isHydrated = useHydrated();
  const [chosen, setChosen] = useState<AuthMethod | null>(null);
  const [saved, setSaved] = useState<AuthMethod>();
  const [shown, setShown] = useState(authMethod);
  if (shown !== authMethod) {
    // The page has refreshed, or someone else changed the method.
    setShown(authMethod);
    setChosen(null);
  }
  const choose = async (wanted: AuthMethod) => {
    if (isPending) return;
    setChosen(wanted);
    setSaved(undefined);
    const result = await run(() => change({ clientId, base: { authMethod }, mine: { authMethod: wanted } }));
    if (result?.ok) setSaved(wanted);
    else setChosen(null);
  };
  return (
    <fieldset disabled={!isHydrated} className="flex min-w-0 flex-col gap-3">
      <RadioField
        name="auth-method"
        legend={<VisuallyHidden>{t('method')}</VisuallyHidden>}
        value={chosen ?? authMethod}
        onValueChange={(value) => {
          const wanted = AUTH_METHODS.find((method) => method === value);
          if (wanted) void choose(wanted);
        }}
        options={AUTH_METHODS.map((method) => ({ value: method, text: method, help: help(method) }))}
      />
      <p role="status" className="text-sm text-success empty:hidden">
        {saved && t('methodSaved', { method: saved })}
      </p>
      <p role="alert" className="text-sm text-danger empty:hidden">
        {failure}
      </p>
    </fieldset>
  );
}
