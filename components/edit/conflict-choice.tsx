'use client';

import type { MouseEvent } from 'react';
import { Button } from '@/components/ui/button';
import { fieldId } from '@/components/ui/form/field-frame';
import { Notice } from '@/components/ui/notice';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { Side } from '@/lib/platform/edit';

type Props = {
  /** The target of the link in an error summary. */
  id: string;
  /** The label of the field. */
  label: string;
  /** Both values in words; empty for none. */
  mine: string;
  theirs: string;
  /** Whether the same person saved `theirs`; absent if not known. */
  isOwn?: boolean | undefined;
  onChoose: (side: Side) => void;
  /** Name and value of the submit buttons, for forms that work without script. */
  submit?: (side: Side) => { name: string; value: string };
};

/** Both values of a field that was changed concurrently, side by side, to choose from. */
export function ConflictChoice({ id, label, mine, theirs, isOwn, onChoose, submit }: Props) {
  const t = useTranslations('common.conflict');
  const sides = [
    { side: 'mine', word: t('mine'), value: mine, name: t('keepMineLabel', { field: label }), text: t('keepMine') },
    {
      side: 'theirs',
      word: t(isOwn === false ? 'theirs' : isOwn ? 'savedByYou' : 'saved'),
      value: theirs,
      name: t(isOwn === false ? 'takeTheirsLabel' : 'takeSavedLabel', { field: label }),
      text: t(isOwn === false ? 'takeTheirs' : 'takeSaved'),
    },
  ] as const;
  const choose = (side: Side) => (event: MouseEvent) => {
    event.preventDefault();
    onChoose(side);
  };
  return (
    <section
      id={id}
      tabIndex={-1}
      aria-label={label}
      className="grid gap-x-6 gap-y-4 rounded-lg border border-warning bg-warning-soft p-4 sm:grid-cols-2"
    >
      {sides.map(({ side, word, value, name, text }) => (
        <div key={side} className="flex min-w-0 flex-col items-start gap-2">
          <p className="min-w-0">
            <span className="block text-sm text-muted">{word}</span>
            <bdi className="font-medium wrap-anywhere">{value || t('empty')}</bdi>
          </p>
          <Button
            size="small"
            {...(submit && { type: 'submit', ...submit(side) })}
            aria-label={name}
            onClick={choose(side)}
          >
            {text}
          </Button>
        </div>
      ))}
    </section>
  );
}

/** The id of a field's choice. */
export function choiceId(field: string): string {
  return `${fieldId(field)}-choice`;
}

/** Above a form: the number of conflicts to resolve. Renders nothing for zero. */
export function ConflictNotice({ count }: { count: number }) {
  const common = useTranslations('common');
  if (count === 0) return null;
  return (
    <Notice tone="warning" word={common('notice.warning')} live="assertive">
      <strong className="block font-semibold">{common('conflict.title', { count })}</strong>
      {common('conflict.body')}
    </Notice>
  );
}
