'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { failureMessage } from '@/components/passkey/failure-message';
import { createPasskey } from '@/components/passkey/register';
import { Button } from '@/components/ui/button';
import { KeyRound } from '@/components/ui/icons';
import { useTranslations } from '@/lib/i18n/use-translations';
import { beginRegistration, finishRegistration } from '../actions';

/** Creates the passkey. A cancelled ceremony can be repeated while the confirmation lasts. */
export function CreatePasskey() {
  const t = useTranslations('pairing.add.confirmed');
  const common = useTranslations('common');
  const errors = useTranslations('errors.browser');
  const router = useRouter();
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const create = async () => {
    setPending(true);
    setFailure(undefined);
    const result = await createPasskey(() => beginRegistration(), finishRegistration);
    setPending(false);
    if (!result.ok) setFailure(failureMessage(errors, result.error));
    if (result.ok || result.error.code === 'pairing_ended') router.refresh();
  };
  return (
    <div className="flex flex-col gap-3">
      <Button
        variant="primary"
        isBlock
        icon={<KeyRound size={16} aria-hidden />}
        waitsForHydration
        onClick={create}
        isPending={isPending}
        pendingLabel={common('working')}
      >
        {t('button')}
      </Button>
      <p role="status" className="text-sm text-muted empty:hidden">
        {failure}
      </p>
      <noscript>
        <p className="text-sm text-muted">{t('needsScript')}</p>
      </noscript>
    </div>
  );
}
