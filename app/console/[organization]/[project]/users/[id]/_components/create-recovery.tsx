'use client';

import { useState } from 'react';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { CopyField } from '@/components/ui/copy-field';
import { LifeBuoy } from '@/components/ui/icons';
import { Dialog } from '@/components/ui/overlay/dialogs';
import { formatExact, type Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import { CopyCurl } from './copy-curl';

type Recovery = { link: string; code: string; codePage: string; expiresAt: Date };

type Props = {
  id: string;
  name: string;
  locale: Locale;
  create: (input: { id: string }) => Promise<ActionResult<Recovery>>;
  /** The admin API creates one at a time. */
  curl: { link: string; code: string };
};

/** Creates a recovery link and code for someone who cannot sign in. Both are shown once and stored nowhere in clear. */
export function CreateRecovery({ id, name, locale, create, curl }: Props) {
  const t = useTranslations('consoleUsers.recovery');
  const common = useTranslations('common');
  const [isOpen, setOpen] = useState(false);
  const [recovery, setRecovery] = useState<Recovery>();
  const { run, isPending, failure, isCancelled, setFailure } = useStepUpAction();
  const open = (isOpening: boolean) => {
    setRecovery(undefined);
    setFailure(undefined);
    setOpen(isOpening);
  };
  const confirm = async () => {
    const result = await run(() => create({ id }));
    if (result?.ok) setRecovery(result.value);
  };
  return (
    <>
      <Button size="small" icon={<LifeBuoy size={16} aria-hidden />} onClick={() => open(true)}>
        {t('action')}
      </Button>
      {recovery ? (
        <Dialog
          isOpen={isOpen}
          isWide
          onOpenChange={open}
          title={t('shownTitle', { name })}
          description={
            <p>
              {t.rich('shownBody', {
                date: () => (
                  <time dateTime={recovery.expiresAt.toISOString()}>{formatExact(recovery.expiresAt, locale)}</time>
                ),
              })}
            </p>
          }
          actions={
            <Button variant="primary" onClick={() => open(false)}>
              {t('done')}
            </Button>
          }
        >
          <CopyField
            name="recovery-link"
            label={t('link')}
            value={recovery.link}
            copy={{ label: t('copyLink'), text: common('copy'), copiedText: common('copied') }}
          />
          <CopyField
            name="recovery-code"
            label={t('code')}
            value={recovery.code}
            help={t('codeHelp', { page: recovery.codePage })}
            copy={{ label: t('copyCode'), text: common('copy'), copiedText: common('copied') }}
          />
        </Dialog>
      ) : (
        <Dialog
          isOpen={isOpen}
          onOpenChange={open}
          title={t('title', { name })}
          closeLabel={common('close')}
          startsOnActions
          description={
            <>
              <p>{t('body', { name })}</p>
              <p className="text-muted">{t('earlier')}</p>
            </>
          }
          actions={
            <>
              <Button onClick={() => open(false)}>{common('cancel')}</Button>
              <Button variant="primary" onClick={confirm} isPending={isPending} pendingLabel={common('working')}>
                {t('confirm')}
              </Button>
            </>
          }
        >
          <div className="flex flex-wrap gap-2">
            <CopyCurl command={curl.link} text={t('curlLink')} />
            <CopyCurl command={curl.code} text={t('curlCode')} />
          </div>
          <ActionNote failure={failure} isCancelled={isCancelled} />
        </Dialog>
      )}
    </>
  );
}
