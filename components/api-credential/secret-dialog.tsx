'use client';

import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { CopyField } from '@/components/ui/copy-field';
import { useUnsavedChanges } from '@/components/ui/form/use-unsaved-changes';
import { Download } from '@/components/ui/icons';
import { Dialog } from '@/components/ui/overlay/dialogs';
import { useTranslations } from '@/lib/i18n/use-translations';
import { type ShownSecret, tokenCommand } from './credential-commands';

type Props = {
  secret: ShownSecret;
  title: string;
  /** A note, such as how long the old secret keeps working. */
  note?: ReactNode;
  /** "OK": the caller discards the secret. */
  onClose: () => void;
};

/**
 * Shows a client secret once: it lives only in this dialog's memory. Only "OK" closes it, so that no stray key loses
 * the secret, and leaving the tab asks first.
 */
export function SecretDialog({ secret, title, note, onClose }: Props) {
  const t = useTranslations('consoleCredentials.secret');
  const common = useTranslations('common');
  useUnsavedChanges(true);
  const copy = (label: string) => ({ label, text: common('copy'), copiedText: common('copied') });
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
        <>
          <Button icon={<Download size={16} aria-hidden />} onClick={() => download(secret)}>
            {t('download')}
          </Button>
          <Button variant="primary" onClick={onClose}>
            {t('ok')}
          </Button>
        </>
      }
    >
      <CopyField name="shown-client-id" label={t('clientId')} value={secret.clientId} copy={copy(t('copyClientId'))} />
      <CopyField
        name="shown-client-secret"
        label={t('clientSecret')}
        value={secret.clientSecret}
        copy={copy(t('copyClientSecret'))}
      />
      <CodeBlock label={t('command')} code={tokenCommand(secret, secret.clientSecret)} copy={copy(t('copyCommand'))} />
    </Dialog>
  );
}

/** Created in the browser: the secret is not sent again. */
function download({ clientId, clientSecret, tokenEndpoint, audience }: ShownSecret): void {
  const lines = [
    `CLIENT_ID=${clientId}`,
    `CLIENT_SECRET=${clientSecret}`,
    `TOKEN_ENDPOINT=${tokenEndpoint}`,
    `AUDIENCE=${audience}`,
  ];
  const href = URL.createObjectURL(new Blob([`${lines.join('\n')}\n`], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = href;
  link.download = `${clientId}.env`;
  link.click();
  URL.revokeObjectURL(href);
}
