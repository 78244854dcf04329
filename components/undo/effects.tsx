'use client';

import { ArrowRight } from '@/components/ui/icons';
import { VisuallyHidden } from '@/components/ui/layout/visually-hidden';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ShownChange } from '@/lib/undo/model/shown';

type Props = {
  changes: ShownChange[];
  /** What follows from them. */
  notes: string[];
  /** Names the values on the right, for screen readers. */
  afterLabel: string;
};

/** What a previewed change would do: each field as it is and as it would be. */
export function Effects({ changes, notes, afterLabel }: Props) {
  const t = useTranslations('undo');
  const value = (text: string | null) =>
    text === null ? <span className="text-muted">{t('notSet')}</span> : <bdi>{text}</bdi>;
  return (
    <>
      <dl className="flex flex-col gap-3 text-sm">
        {changes.map(({ name, now, restored }) => (
          <div key={name} className="grid min-w-0 gap-x-4 sm:grid-cols-[minmax(0,12rem)_minmax(0,1fr)]">
            <dt className="text-muted wrap-anywhere">
              <bdi>{name}</bdi>
            </dt>
            <dd className="flex min-w-0 flex-wrap items-center gap-x-2">
              <span className="min-w-0 wrap-anywhere">
                <VisuallyHidden>{t('now')}: </VisuallyHidden>
                {value(now)}
              </span>
              <ArrowRight size={14} className="shrink-0 text-muted rtl:-scale-x-100" aria-hidden />
              <span className="min-w-0 wrap-anywhere">
                <VisuallyHidden>{afterLabel}: </VisuallyHidden>
                {value(restored)}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      {notes.length > 0 && (
        <ul className="flex flex-col gap-1 text-sm text-muted">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </>
  );
}
