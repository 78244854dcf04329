'use client';

import { diffLines } from 'diff';
import { ScrollRegion } from '@/components/ui/layout/scroll-region';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { JsonObject } from '@/lib/platform/json';

type Props = { before: JsonObject; after: JsonObject };

/** Unchanged lines around a change. */
const CONTEXT = 3;

/** Two documents line by line, each written in the same way: only what differs, with the lines around it. */
export function DraftDiff({ before, after }: Props) {
  const t = useTranslations('consoleSchemaEditor.changes');
  const blocks = blocksOf(before, after);
  if (blocks.length === 0) return <p className="text-muted">{t('none')}</p>;
  return (
    <ScrollRegion label={t('label')} className="rounded-md border border-line bg-sunken">
      <div className="min-w-fit py-2 font-mono text-xs" dir="ltr">
        {blocks.map(({ kind, lines, at }) =>
          kind === 'skipped' ? (
            <p key={at} className="px-3 py-1 font-sans text-muted">
              {t('skipped', { count: lines.length })}
            </p>
          ) : (
            <pre key={at} className={STYLES[kind]}>
              {kind !== 'same' && <span className="sr-only">{kind === 'added' ? t('isAdded') : t('isRemoved')} </span>}
              {lines.map((line) => `${SIGNS[kind]} ${line}`).join('\n')}
            </pre>
          ),
        )}
      </div>
    </ScrollRegion>
  );
}

type Kind = 'same' | 'added' | 'removed' | 'skipped';
type Block = { kind: Kind; lines: string[]; at: number };

const SIGNS = { same: ' ', added: '+', removed: '−' };
const STYLES = {
  same: 'px-3 text-muted',
  added: 'bg-success-soft px-3 text-success',
  removed: 'bg-danger-soft px-3 text-danger',
};

function blocksOf(before: JsonObject, after: JsonObject): Block[] {
  const parts = diffLines(written(before), written(after));
  if (parts.every(({ added, removed }) => !added && !removed)) return [];
  const blocks = parts.flatMap(({ value, added, removed }, index): Omit<Block, 'at'>[] => {
    const lines = value.replace(/\n$/, '').split('\n');
    if (added || removed) return [{ kind: added ? 'added' : 'removed', lines }];
    const head = index === 0 ? 0 : CONTEXT;
    const tail = index === parts.length - 1 ? 0 : CONTEXT;
    if (lines.length <= head + tail + 1) return [{ kind: 'same', lines }];
    const end = lines.length - tail;
    const shown: Omit<Block, 'at'>[] = [
      { kind: 'same', lines: lines.slice(0, head) },
      { kind: 'skipped', lines: lines.slice(head, end) },
      { kind: 'same', lines: lines.slice(end) },
    ];
    return shown.filter((block) => block.lines.length > 0);
  });
  return blocks.map((block, at) => ({ ...block, at }));
}

const written = (document: JsonObject) => `${JSON.stringify(document, null, 2)}\n`;
