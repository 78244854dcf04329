'use client';

import type { MouseEvent } from 'react';
import { Button } from '@/components/ui/button';
import { useTranslations } from '@/lib/i18n/use-translations';
import { type FormConflict, RESOLVE } from './traits-form-state';

type Props = { conflict: FormConflict; label: string; onChoose: (choice: 'mine' | 'theirs') => void };

/** Both values of a field that changed concurrently, side by side. Without script, the buttons submit the form. */
export function ConflictChoice({ conflict, label, onChoose }: Props) {
  const t = useTranslations('common.conflict');
  const { pointer, mine, theirs } = conflict;
  const choose = (choice: 'mine' | 'theirs') => (event: MouseEvent) => {
    event.preventDefault();
    onChoose(choice);
  };
  return (
    <div className="grid gap-x-6 gap-y-4 rounded-lg border border-warning bg-warning-soft p-4 sm:grid-cols-2">
      <Side word={t('mine')} value={mine || t('empty')}>
        <Button
          type="submit"
          name={RESOLVE}
          value={`mine:${pointer}`}
          size="small"
          aria-label={t('keepMineLabel', { field: label })}
          onClick={choose('mine')}
        >
          {t('keepMine')}
        </Button>
      </Side>
      <Side word={t('theirs')} value={theirs || t('empty')}>
        <Button
          type="submit"
          name={RESOLVE}
          value={`theirs:${pointer}`}
          size="small"
          aria-label={t('takeTheirsLabel', { field: label })}
          onClick={choose('theirs')}
        >
          {t('takeTheirs')}
        </Button>
      </Side>
    </div>
  );
}

function Side({ word, value, children }: { word: string; value: string; children: React.ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col items-start gap-2">
      <p className="min-w-0">
        <span className="block text-sm text-muted">{word}</span>
        <span className="font-medium wrap-anywhere">{value}</span>
      </p>
      {children}
    </div>
  );
}
