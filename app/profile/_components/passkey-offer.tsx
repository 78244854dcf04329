'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { KeyRound } from '@/components/ui/icons';
import { Card } from '@/components/ui/layout/card';
import { useToast } from '@/components/ui/overlay/toast';
import { useTranslations } from '@/lib/i18n/use-translations';
import { type AddPasskeyActions, useAddPasskey } from './use-add-passkey';

type Props = AddPasskeyActions & { decline: (data: FormData) => Promise<void>; isRecovered: boolean };

/** Shown after sign-in to people without a passkey, until they create one or choose "Not now". */
export function PasskeyOffer({ decline, isRecovered, ...actions }: Props) {
  const t = useTranslations('login.offer');
  const profile = useTranslations('profile.passkeys');
  const toast = useToast();
  const [failure, setFailure] = useState<string>();
  const { add, isPending } = useAddPasskey(actions, {
    onAdded: () => toast({ text: t('done') }),
    onFailed: setFailure,
  });
  return (
    <Card className="mb-8 flex flex-col gap-4">
      <div className="flex items-start gap-4">
        <KeyRound size={24} aria-hidden className="mt-0.5 shrink-0 text-accent" />
        <div className="flex min-w-0 flex-col gap-1">
          <h2 className="font-semibold">{t(isRecovered ? 'recovered.title' : 'title')}</h2>
          <p className="max-w-text text-muted">{t(isRecovered ? 'recovered.body' : 'body')}</p>
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button
          variant="primary"
          waitsForHydration
          onClick={add}
          isPending={isPending}
          pendingLabel={profile('adding')}
        >
          {t('button')}
        </Button>
        <form action={decline}>
          <SubmitButton variant="quiet">{t('later')}</SubmitButton>
        </form>
        <p role="status" className="text-sm text-muted">
          {failure}
        </p>
      </div>
    </Card>
  );
}
