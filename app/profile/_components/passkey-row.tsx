'use client';

import { Pencil, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { PasskeyItem as Item, type ShownPasskey } from '@/components/passkey/passkey-item';
import { RenamePasskeyForm } from '@/components/passkey/rename-passkey-form';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';
import type { PasskeySignals } from '@/lib/credential/model';
import type { Locale } from '@/lib/i18n/model';
import type { ActionResult } from '@/lib/platform/action-result';
import { DeletePasskeyDialog } from './delete-passkey-dialog';

export type PasskeyItem = ShownPasskey & { isCurrent: boolean };

type Props = {
  passkey: PasskeyItem;
  otherCount: number;
  email: string | null;
  locale: Locale;
  now: Date;
  isHighlighted: boolean;
  /** Just made: its name is asked for in place. */
  isNaming: boolean;
  onNamed: () => void;
  onDeleted: (name: string, signals: PasskeySignals) => void;
  onAddAnother: () => void;
  rename: (input: { id: string; name: string }) => Promise<ActionResult<{ name: string }>>;
  remove: (input: { id: string }) => Promise<ActionResult<PasskeySignals>>;
};

export function PasskeyRow({ passkey, isNaming, isHighlighted, onNamed, rename, ...props }: Props) {
  const { id, name, isCurrent } = passkey;
  const { locale, now, otherCount, email } = props;
  const t = useTranslations('profile.passkeys');
  const toast = useToast();
  const [isRenaming, setRenaming] = useState(false);
  const [isDeleting, setDeleting] = useState(false);
  const renameButton = useRef<HTMLButtonElement>(null);
  const isEdited = isRenaming || isNaming;
  const wasEdited = useRef(isEdited);
  useEffect(() => {
    if (wasEdited.current && !isEdited) renameButton.current?.focus();
    wasEdited.current = isEdited;
  }, [isEdited]);
  const endRenaming = () => {
    setRenaming(false);
    onNamed();
  };
  return (
    <Item
      passkey={passkey}
      locale={locale}
      now={now}
      isHighlighted={isHighlighted}
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
      {isEdited && (
        <RenamePasskeyForm
          passkey={passkey}
          label={isNaming ? t('rename.prompt') : t('rename.field')}
          rename={rename}
          onCancelled={endRenaming}
          onRenamed={(newName) => {
            endRenaming();
            if (newName !== name) toast({ text: t('renamed', { name: newName }) });
          }}
        />
      )}
      {isDeleting && (
        <DeletePasskeyDialog
          passkey={{ id, name, isCurrent }}
          otherCount={otherCount}
          email={email}
          remove={props.remove}
          onClose={() => setDeleting(false)}
          onDeleted={(signals) => {
            setDeleting(false);
            props.onDeleted(name, signals);
          }}
          onAddAnother={() => {
            setDeleting(false);
            props.onAddAnother();
          }}
        />
      )}
    </Item>
  );
}
