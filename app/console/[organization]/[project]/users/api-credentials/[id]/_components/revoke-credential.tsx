'use client';

import { Ban } from 'lucide-react';
import { useState } from 'react';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { RelativeTime } from '@/components/ui/data/relative-time';
import { AlertDialog } from '@/components/ui/overlay/alert-dialog';
import { useToast } from '@/components/ui/overlay/toast';
import type { Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  clientId: string;
  name: string;
  lastUsedAt: Date | null;
  locale: Locale;
  now: Date;
  revoke: (input: { clientId: string }) => Promise<ActionResult<unknown>>;
};

/** The end of a credential: says what ends with it, and when it was last needed. */
export function RevokeCredential({ clientId, name, lastUsedAt, locale, now, revoke }: Props) {
  const t = useTranslations('consoleCredentials.revoke');
  const common = useTranslations('common');
  const toast = useToast();
  const { run, isPending, failure, setFailure } = useStepUpAction();
  const [isOpen, setOpen] = useState(false);
  const open = () => {
    setFailure(undefined);
    setOpen(true);
  };
  const confirm = async () => {
    const result = await run(() => revoke({ clientId }));
    if (!result?.ok) return;
    setOpen(false);
    toast({ text: t('done', { name }) });
  };
  return (
    <>
      <Button variant="danger" icon={<Ban size={16} aria-hidden />} onClick={open} waitsForHydration>
        {t('action')}
      </Button>
      <AlertDialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={t('dialogTitle', { name })}
        description={
          <>
            <p>{t('dialogBody')}</p>
            {lastUsedAt && (
              <p>{t.rich('lastUsed', { date: () => <RelativeTime value={lastUsedAt} now={now} locale={locale} /> })}</p>
            )}
            <p>{t('dialogFinal')}</p>
          </>
        }
        cancelLabel={common('cancel')}
        confirmLabel={t('confirm')}
        onConfirm={confirm}
        isPending={isPending}
        pendingLabel={common('working')}
      >
        <p role="alert" className="text-danger empty:hidden">
          {failure}
        </p>
      </AlertDialog>
    </>
  );
}
