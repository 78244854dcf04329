'use client';

import { useEffect, useRef } from 'react';
import { Button } from '@/components/ui/button';
import { buttonStyle } from '@/components/ui/button-style';
import { CopyButton } from '@/components/ui/copy-button';
import { useUnsavedChanges } from '@/components/ui/form/use-unsaved-changes';
import { Notice } from '@/components/ui/notice';
import { useHydrated } from '@/components/ui/use-hydrated';
import { useTranslations } from '@/lib/i18n/use-translations';

/** The texts around the codes, on paper and in the file. Without the address: a lost sheet does not name the account. */
export type CodeSheet = { title: string; help: string; date: string };

type Props = { codes: string[]; sheet: CodeSheet; onSaved: () => void };

/** The codes, this once. The download is a link, so that it works without script. */
export function ShownCodes({ codes, sheet, onSaved }: Props) {
  const t = useTranslations('recoveryCodes.made');
  const common = useTranslations('common');
  const isHydrated = useHydrated();
  const heading = useRef<HTMLHeadingElement>(null);
  useUnsavedChanges(true);
  useEffect(() => heading.current?.focus(), []);
  const text = [sheet.title, '', sheet.help, '', ...codes, '', sheet.date, ''].join('\r\n');
  return (
    <section aria-labelledby="new-codes" className="flex w-full flex-col gap-4">
      <h2 id="new-codes" ref={heading} tabIndex={-1} className="section-title">
        {t('title')}
      </h2>
      <Notice tone="warning" word={common('notice.warning')}>
        {t('once')}
      </Notice>
      <div className="print-alone flex flex-col gap-4 rounded-lg border border-line bg-sunken p-4 print:border-0 print:bg-transparent">
        <p className="hidden font-semibold print:block">{sheet.title}</p>
        <p className="hidden print:block">{sheet.help}</p>
        <ol aria-label={t('list')} className="grid gap-x-8 gap-y-1 font-mono text-sm sm:grid-cols-2" translate="no">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ol>
        <p className="hidden text-sm print:block">{sheet.date}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        <a
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download="recovery-codes.txt"
          className={buttonStyle('secondary', 'small')}
        >
          {t('download')}
        </a>
        {isHydrated && (
          <Button size="small" onClick={() => window.print()}>
            {t('print')}
          </Button>
        )}
        <CopyButton value={codes.join('\n')} label={t('copy')} copyText={t('copy')} copiedText={common('copied')} />
      </div>
      <div>
        <Button variant="primary" onClick={onSaved}>
          {t('done')}
        </Button>
      </div>
    </section>
  );
}
