'use client';

import { useState } from 'react';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { SwitchField } from '@/components/ui/form/switch-field';
import { useHydrated } from '@/components/ui/use-hydrated';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  isNeeded: boolean;
  mayEdit: boolean;
  change: (input: { isNeeded: boolean }) => Promise<ActionResult<{ isNeeded: boolean }>>;
};

/** "Require a passkey for the console": saved as soon as it is switched. */
export function PasskeySetting({ isNeeded, mayEdit, change }: Props) {
  const t = useTranslations('consoleProjects.organization');
  const isHydrated = useHydrated();
  const { run, isPending, failure, isCancelled } = useStepUpAction();
  const [isSaved, setSaved] = useState(false);
  const save = async (isRequired: boolean) => {
    setSaved(false);
    setSaved((await run(() => change({ isNeeded: isRequired })))?.ok ?? false);
  };
  return (
    <div className="flex max-w-text flex-col gap-2">
      <SwitchField
        name="console-needs-passkey"
        label={t('passkeyNeeded')}
        help={t(mayEdit ? 'passkeyNeededHelp' : 'passkeyNeededOwners')}
        checked={isNeeded}
        onChange={({ target }) => save(target.checked)}
        disabled={!mayEdit || !isHydrated || isPending}
      />
      <p role="status" className="text-sm text-success empty:hidden">
        {isSaved && t('passkeyNeededSaved')}
      </p>
      <ActionNote failure={failure} isCancelled={isCancelled} />
    </div>
  );
}
