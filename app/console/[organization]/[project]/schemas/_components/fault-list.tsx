'use client';

import type { Ref } from 'react';
import { ErrorBox } from '@/components/ui/form/error-summary';
import type { LineFault } from '@/components/ui/form/json-editor';
import { useTranslations } from '@/lib/i18n/use-translations';

type Props = {
  ref: Ref<HTMLElement>;
  title: string;
  faults: readonly LineFault[];
  onChoose: (line: number) => void;
};

/** The faults of a draft; each leads to its line. */
export function FaultList({ ref, title, faults, onChoose }: Props) {
  const t = useTranslations('consoleSchemaEditor.fault');
  return (
    <ErrorBox ref={ref} title={title}>
      {faults.map(({ line, message }) => (
        <li key={`${line} ${message}`}>
          <button
            type="button"
            onClick={() => onChoose(line)}
            className="min-h-6 rounded-sm text-start wrap-anywhere underline underline-offset-4"
          >
            {t('line', { line, message })}
          </button>
        </li>
      ))}
    </ErrorBox>
  );
}
