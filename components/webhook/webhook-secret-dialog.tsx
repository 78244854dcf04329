'use client';

import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { CopyField } from '@/components/ui/copy-field';
import { useUnsavedChanges } from '@/components/ui/form/use-unsaved-changes';
import { Dialog } from '@/components/ui/overlay/dialogs';
import { useTranslations } from '@/lib/i18n/use-translations';

type Props = { secret: string; title: string; note?: ReactNode; onClose: () => void };

/** Shows a signing secret once. Only "OK" closes it, and leaving the tab asks first. */
export function WebhookSecretDialog({ secret, title, note, onClose }: Props) {
  const t = useTranslations('consoleWebhooks.secret');
  const common = useTranslations('common');
  useUnsavedChanges(true);
  return (
    <Dialog
      isOpen
      isWide
      isInFront
      onOpenChange={onClose}
      title={title}
      description={
        <>
          <p>{t('body')}</p>
          {note && <p>{note}</p>}
        </>
      }
      actions={
        <Button variant="primary" onClick={onClose}>
          {t('ok')}
        </Button>
      }
    >
      <CopyField
        name="shown-webhook-secret"
        label={t('label')}
        value={secret}
        copy={{ label: t('copy'), text: common('copy'), copiedText: common('copied') }}
      />
    </Dialog>
  );
}
