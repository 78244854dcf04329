'use client';

import { Fingerprint, KeyRound, Pencil, Smartphone, Trash2, Usb } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { DateText } from '@/components/ui/date-text';
import { Facts, Item } from '@/components/ui/item-list';
import { RelativeTime } from '@/components/ui/relative-time';
import { useToast } from '@/components/ui/toast';
import type { PasskeySignals, ProviderKind } from '@/lib/credential/model';
import type { Locale } from '@/lib/i18n/model';
import type { ActionResult } from '@/lib/platform/action-result';
import { DeletePasskeyDialog } from './delete-passkey-dialog';
import { RenamePasskeyForm } from './rename-passkey-form';

export type PasskeyItem = {
  id: string;
  name: string;
  kind: ProviderKind;
  isSynced: boolean;
  /** Opened this very session. */
  isCurrent: boolean;
  createdAt: Date;
  lastUsedAt: Date | null;
};

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

const ICONS: Record<ProviderKind, ReactNode> = {
  platform: <Fingerprint size={24} aria-hidden />,
  phone: <Smartphone size={24} aria-hidden />,
  'password-manager': <KeyRound size={24} aria-hidden />,
  'security-key': <Usb size={24} aria-hidden />,
};

export function PasskeyRow({ passkey, isNaming, isHighlighted, onNamed, rename, ...props }: Props) {
  const { id, name, kind, isSynced, isCurrent, createdAt, lastUsedAt } = passkey;
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
      icon={ICONS[kind]}
      title={name}
      isHighlighted={isHighlighted}
      badges={
        <>
          <Badge title={isSynced ? t('syncedHelp') : t('thisDeviceOnlyHelp')}>
            {isSynced ? t('synced') : t('thisDeviceOnly')}
          </Badge>
          {isCurrent && <Badge tone="success">{t('usedForThisSession')}</Badge>}
        </>
      }
      detail={
        <Facts>
          {[
            t.rich('added', { date: () => <DateText value={createdAt} locale={locale} /> }),
            lastUsedAt
              ? t.rich('lastUsed', { date: () => <RelativeTime value={lastUsedAt} now={now} locale={locale} /> })
              : !isCurrent && t('neverUsed'),
          ]}
        </Facts>
      }
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
