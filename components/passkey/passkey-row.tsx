'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Pencil, Trash2 } from '@/components/ui/icons';
import { OnDemand, type Overlay, overlayOnDemand, useOnFirstMove } from '@/components/ui/overlay/on-demand';
import { useUndo } from '@/components/undo/undo-provider';
import type { Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { CeremonyResult } from './ceremony';
import { PasskeyItem } from './passkey-item';
import type { Renamed, RenamePasskeyProps } from './rename-passkey-form';
import type { ShownPasskey } from './shown-passkey';

const renameForm = new OnDemand(() => import('./rename-passkey-form'));
const RenamePasskeyForm = overlayOnDemand<typeof import('./rename-passkey-form'), RenamePasskeyProps & Overlay>(
  renameForm,
  (loaded) => loaded.RenamePasskeyForm,
);

type Props = {
  passkey: ShownPasskey;
  locale: Locale;
  now: Date;
  isHighlighted?: boolean;
  /** Just created: asks for its name in place. */
  isNaming?: boolean;
  onNamed?: () => void;
  rename: (input: { id: string; name: string }) => Promise<CeremonyResult<Renamed>>;
  /** Shown beside the name while it is edited. */
  besideRenaming?: (typed: string) => ReactNode;
  /** The dialog that asks before it is deleted. */
  deletion: (close: () => void) => ReactNode;
};

/** A passkey in a list: rename in place, or delete after confirming. */
export function PasskeyRow({ passkey, locale, now, isHighlighted, isNaming = false, ...props }: Props) {
  const { name } = passkey;
  const t = useTranslations('profile.passkeys');
  const { announce } = useUndo();
  const [isRenaming, setRenaming] = useState(false);
  const [isDeleting, setDeleting] = useState(false);
  useOnFirstMove(renameForm);
  const renameButton = useRef<HTMLButtonElement>(null);
  const isEdited = isRenaming || isNaming;
  const wasEdited = useRef(isEdited);
  useEffect(() => {
    if (wasEdited.current && !isEdited) renameButton.current?.focus();
    wasEdited.current = isEdited;
  }, [isEdited]);
  const endRenaming = () => {
    setRenaming(false);
    props.onNamed?.();
  };
  return (
    <PasskeyItem
      passkey={passkey}
      locale={locale}
      now={now}
      {...(isHighlighted && { isHighlighted })}
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
            id={`delete-${passkey.id}`}
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
          rename={props.rename}
          beside={props.besideRenaming}
          onCancelled={endRenaming}
          onOpenChange={endRenaming}
          onRenamed={(renamed) => {
            endRenaming();
            // The first name of a new passkey replaces none that the person chose.
            if (renamed.name !== name) announce(t('renamed', { name: renamed.name }), isNaming ? null : renamed.undo);
          }}
        />
      )}
      {isDeleting && props.deletion(() => setDeleting(false))}
    </PasskeyItem>
  );
}
