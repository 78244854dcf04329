'use client';

import { Pencil, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { PasskeyItem, type ShownPasskey } from '@/components/passkey/passkey-item';
import { RenamePasskeyForm } from '@/components/passkey/rename-passkey-form';
import { useStepUp } from '@/components/step-up/step-up-provider';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';
import type { Locale } from '@/lib/i18n/model';
import type { ActionResult } from '@/lib/platform/action-result';
import { DeletePasskey, type DeletePasskeyProps } from './delete-passkey';

type Props = Omit<DeletePasskeyProps, 'onClose' | 'onDeleted' | 'passkey'> & {
  passkey: ShownPasskey;
  locale: Locale;
  now: Date;
  rename: (input: { id: string; passkeyId: string; name: string }) => Promise<ActionResult<{ name: string }>>;
};

/** A passkey of somebody else: renamed in place, or deleted after it is said what still works. */
export function PasskeyActions({ passkey, locale, now, rename, ...rest }: Props) {
  const { id, name } = passkey;
  const t = useTranslations('profile.passkeys');
  const toast = useToast();
  const withStepUp = useStepUp();
  const [isRenaming, setRenaming] = useState(false);
  const [isDeleting, setDeleting] = useState(false);
  const renameButton = useRef<HTMLButtonElement>(null);
  const wasRenaming = useRef(false);
  useEffect(() => {
    if (wasRenaming.current && !isRenaming) renameButton.current?.focus();
    wasRenaming.current = isRenaming;
  }, [isRenaming]);
  return (
    <PasskeyItem
      passkey={passkey}
      locale={locale}
      now={now}
      actions={
        <>
          <Button
            ref={renameButton}
            size="small"
            variant="quiet"
            aria-label={t('rename.label', { name })}
            icon={<Pencil size={16} aria-hidden />}
            onClick={() => setRenaming(true)}
          >
            {t('rename.action')}
          </Button>
          <Button
            size="small"
            variant="quiet"
            aria-label={t('delete.label', { name })}
            icon={<Trash2 size={16} aria-hidden />}
            onClick={() => setDeleting(true)}
          >
            {t('delete.action')}
          </Button>
        </>
      }
    >
      {isRenaming && (
        <RenamePasskeyForm
          passkey={passkey}
          label={t('rename.field')}
          rename={(input) => withStepUp(() => rename({ id: rest.userId, passkeyId: id, name: input.name }))}
          onCancelled={() => setRenaming(false)}
          onRenamed={(newName) => {
            setRenaming(false);
            if (newName !== name) toast({ text: t('renamed', { name: newName }) });
          }}
        />
      )}
      {isDeleting && (
        <DeletePasskey
          {...rest}
          passkey={{ id, name }}
          onClose={() => setDeleting(false)}
          onDeleted={() => {
            setDeleting(false);
            toast({ text: t('deleted', { name }) });
          }}
        />
      )}
    </PasskeyItem>
  );
}
