'use client';

import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { useTranslations } from '@/lib/i18n/use-translations';

type Props = { label: string; mine: string; theirs: string; onChoose: (choice: 'mine' | 'theirs') => void };

/** Both values of a setting that changed concurrently, side by side. */
export function FieldConflict({ label, mine, theirs, onChoose }: Props) {
  const t = useTranslations('common.conflict');
  return (
    <section
      aria-label={label}
      className="grid gap-x-6 gap-y-4 rounded-lg border border-warning bg-warning-soft p-4 sm:grid-cols-2"
    >
      <Side word={t('mine')} value={mine || t('empty')}>
        <Button size="small" aria-label={t('keepMineLabel', { field: label })} onClick={() => onChoose('mine')}>
          {t('keepMine')}
        </Button>
      </Side>
      <Side word={t('theirs')} value={theirs || t('empty')}>
        <Button size="small" aria-label={t('takeTheirsLabel', { field: label })} onClick={() => onChoose('theirs')}>
          {t('takeTheirs')}
        </Button>
      </Side>
    </section>
  );
}

function Side({ word, value, children }: { word: string; value: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col items-start gap-2">
      <p className="min-w-0">
        <span className="block text-sm text-muted">{word}</span>
        <bdi className="font-medium wrap-anywhere">{value}</bdi>
      </p>
      {children}
    </div>
  );
}
