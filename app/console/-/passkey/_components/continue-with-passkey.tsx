'use client';

import { useState } from 'react';
import { authenticateWithPasskey, type PasskeyRequestOptions } from '@/components/passkey/authenticate';
import type { Begin, Finish } from '@/components/passkey/ceremony';
import { failureMessage } from '@/components/passkey/failure-message';
import { Button } from '@/components/ui/button';
import { KeyRound } from '@/components/ui/icons';
import { useTranslations } from '@/lib/i18n/use-translations';

type Props = { returnTo: string; begin: Begin<PasskeyRequestOptions>; finish: Finish<undefined> };

/** Confirms the person with a passkey, which replaces the session, and redirects. */
export function ContinueWithPasskey({ returnTo, begin, finish }: Props) {
  const t = useTranslations('console.passkeyNeeded');
  const common = useTranslations('common');
  const errors = useTranslations('errors.browser');
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const confirm = async () => {
    setPending(true);
    setFailure(undefined);
    const result = await authenticateWithPasskey(begin, finish);
    // A full navigation, so that the router cache keeps nothing of the blocked console.
    if (result.ok) return location.replace(returnTo);
    setPending(false);
    setFailure(failureMessage(errors, result.error));
  };
  return (
    <div className="flex flex-col items-start gap-3">
      <Button
        variant="primary"
        icon={<KeyRound size={16} aria-hidden />}
        onClick={confirm}
        isPending={isPending}
        pendingLabel={common('working')}
        waitsForHydration
      >
        {t('use')}
      </Button>
      <p role="status" className="text-muted empty:hidden">
        {failure}
      </p>
    </div>
  );
}
