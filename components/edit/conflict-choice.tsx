'use client';

import type { MouseEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { Side } from '@/lib/platform/edit';

type Props = {
  /** The label of the field. */
  label: string;
  /** Both values in words; empty for none. */
  mine: string;
  theirs: string;
  onChoose: (side: Side) => void;
  /** Name and value of the submit buttons, for forms that work without script. */
  submit?: (side: Side) => { name: string; value: string };
};

/** Both values of a field that was changed concurrently, side by side, to choose from. */
export function ConflictChoice({ label, mine, theirs, onChoose, submit }: Props) {
  const t = useTranslations('common.conflict');
  const sides = [
    { side: 'mine', word: t('mine'), value: mine, name: t('keepMineLabel', { field: label }), text: t('keepMine') },
    {
      side: 'theirs',
      word: t('theirs'),
      value: theirs,
      name: t('takeTheirsLabel', { field: label }),
      text: t('takeTheirs'),
    },
  ] as const;
  const choose = (side: Side) => (event: MouseEvent) => {
    event.preventDefault();
    onChoose(side);
  };
  return (
    <section
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
