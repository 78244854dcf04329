'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/overlay/dialogs';
import type { Overlay } from '@/components/ui/overlay/on-demand';
import { TextLink } from '@/components/ui/text-link';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ShownConflict, ShownRefusal } from '@/lib/undo/model/shown';

export type RefusalDialogProps = Overlay & { isOpen: boolean; refusal: ShownRefusal | undefined };

/** Why a change was not undone; for each field changed again later, its three values side by side. */
export function RefusalDialog({ isOpen, refusal, onOpenChange }: RefusalDialogProps) {
  const t = useTranslations('undo');
  const common = useTranslations('common');
  const [last, setLast] = useState(refusal);
  if (refusal && refusal !== last) setLast(refusal); // stays while the dialog closes
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={t('refused')}
      description={<p>{last?.sentence}</p>}
      closeLabel={common('close')}
      isWide={(last?.conflicts.length ?? 0) > 0}
      actions={<Button onClick={() => onOpenChange(false)}>{common('close')}</Button>}
      startsOnActions
    >
      {last && <Conflicts conflicts={last.conflicts} />}
    </Dialog>
  );
}

/** The values of each field before the change, after it, and now. */
export function Conflicts({ conflicts }: { conflicts: ShownConflict[] }) {
  const t = useTranslations('undo');
  if (conflicts.length === 0) return null;
  return (
    <ul className="flex flex-col gap-4">
      {conflicts.map(({ name, before, after, now, href }) => (
        <li key={name} className="flex flex-col gap-2">
          <p className="font-semibold wrap-anywhere">
            <bdi>{name}</bdi>
          </p>
          <dl className="grid gap-x-4 gap-y-2 text-sm sm:grid-cols-3">
            <Value word={t('before')} text={before} />
            <Value word={t('after')} text={after} />
            <Value word={t('now')} text={now} />
          </dl>
          {href && (
            <p className="text-sm">
              <TextLink href={href}>{t('laterChange')}</TextLink>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

function Value({ word, text }: { word: string; text: string | null }) {
  const t = useTranslations('undo');
  return (
    <div className="min-w-0">
      <dt className="text-muted">{word}</dt>
      <dd className="wrap-anywhere">
        {text === null ? <span className="text-muted">{t('notSet')}</span> : <bdi>{text}</bdi>}
      </dd>
    </div>
  );
}
