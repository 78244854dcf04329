'use client';

import { type Ref, useId } from 'react';
import type { LineFault } from '@/components/ui/form/json-editor';
import { CircleAlert } from '@/components/ui/icons';
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
  const titleId = useId();
  return (
    <section
      ref={ref}
      tabIndex={-1}
      aria-labelledby={titleId}
      className="flex gap-3 rounded-lg border border-danger bg-danger-soft p-4"
    >
      <CircleAlert size={20} className="mt-0.5 shrink-0 text-danger" aria-hidden />
      <div className="min-w-0">
        <p id={titleId} className="font-semibold">
          {title}
        </p>
        <ul className="mt-1 flex flex-col gap-1">
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
        </ul>
      </div>
    </section>
  );
}
