'use client';

import { useEffect, useRef, useState } from 'react';
import { SchemaPreview } from '@/components/schema/schema-preview';
import { Button } from '@/components/ui/button';
import type { LineFault } from '@/components/ui/form/json-editor';
import { JsonField, type JsonFieldHandle } from '@/components/ui/form/json-field';
import { Undo2 } from '@/components/ui/icons';
import { Notice } from '@/components/ui/notice';
import { useHydrated } from '@/components/ui/use-hydrated';
import type { Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { JsonObject } from '@/lib/platform/json';
import { completionsAt } from '@/lib/schema/model/completion';
import { draftRows } from '@/lib/schema/model/draft';
import { DraftDiff } from './draft-diff';
import { FaultList } from './fault-list';
import { FieldList } from './field-list';
import { usePhrases } from './phrases';
import type { Draft } from './use-draft';
import { useIsWide } from './use-is-wide';
import { type View, ViewSwitch } from './view-switch';

type Props = {
  draft: Draft;
  /** The id of the form that posts the text. */
  formId: string;
  faults: readonly LineFault[];
  /** Above the faults. */
  faultsTitle: string;
  /** The number of a refused submission: the faults take the focus. */
  attempt: number;
  /** The version in force; null for a new schema. */
  published: { version: number; document: JsonObject } | null;
  locale: Locale;
  isReadOnly?: boolean;
};

const TEXT_ID = 'schema-draft';

/**
 * The editor of a schema: the fields as a form beside the JSON, each following the other; preview and changes in the
 * place of the JSON. On narrow screens one of the four. Without script, the text area alone works.
 */
export function SchemaEditor({
  draft,
  formId,
  faults,
  faultsTitle,
  attempt,
  published,
  locale,
  isReadOnly = false,
}: Props) {
  const t = useTranslations('consoleSchemaEditor');
  const common = useTranslations('common');
  const isHydrated = useHydrated();
  const isWide = useIsWide();
  const phrases = usePhrases();
  const [chosen, setChosen] = useState<View>('form');
  const json = useRef<JsonFieldHandle>(null);
  const listed = useRef<HTMLElement>(null);
  const { text, document, fault } = draft;
  const beside = chosen === 'form' ? 'json' : chosen;
  const shown = isWide ? beside : chosen;
  const rows = draftRows(document);
  useEffect(() => {
    if (attempt > 0) listed.current?.focus();
  }, [attempt]);
  const goTo = (line: number) => {
    setChosen('json');
    requestAnimationFrame(() => json.current?.focusLine(line)); // shown by then
  };
  const list = faults.length > 0 && <FaultList ref={listed} title={faultsTitle} faults={faults} onChoose={goTo} />;
  const isFormShown = isWide || shown === 'form' || !isHydrated;
  const isJsonShown = shown === 'json' || !isHydrated;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {!isHydrated && (
        <noscript>
          <p>{t('noScript')}</p>
        </noscript>
      )}
      {!isHydrated && list}
      <div className="grid min-w-0 items-center gap-x-6 gap-y-3 lg:grid-cols-2">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <h2 id="fields" className={isFormShown ? 'text-base font-semibold' : 'hidden'}>
            {t('form.title')}
          </h2>
          {!isReadOnly && <UndoButtons draft={draft} />}
        </div>
        <div className="max-lg:order-first">
          <ViewSwitch shown={shown} hasForm={!isWide} hasChanges={published !== null} onChoose={setChosen} />
        </div>
      </div>
      <p role="status" className="sr-only">
        {isHydrated && t('faults', { count: faults.length })}
      </p>
      <div className="grid min-w-0 items-start gap-6 lg:grid-cols-2">
        <section aria-labelledby="fields" className={isFormShown ? 'min-w-0' : 'hidden'}>
          {fault && (
            <div className="pb-3">
              <Notice tone="warning" word={common('notice.warning')} live="polite">
                {t('form.stale', { line: fault.line })}
              </Notice>
            </div>
          )}
          {rows ? (
            <FieldList
              rows={rows}
              document={document}
              published={published?.document ?? null}
              locale={locale}
              isReadOnly={isReadOnly || fault !== null || !isHydrated}
              onEdit={draft.edit}
            />
          ) : (
            <p className="text-muted">{t('form.unsupported')}</p>
          )}
        </section>
        <div className="min-w-0 lg:sticky lg:top-20">
          <div className={isJsonShown ? 'min-w-0' : 'hidden'}>
            <JsonField
              ref={json}
              id={TEXT_ID}
              name="text"
              form={formId}
              label={t('views.json')}
              help={isReadOnly ? undefined : t('keys')}
              value={text}
              onChange={draft.write}
              faults={faults}
              complete={completionsAt}
              phrases={phrases}
              isReadOnly={isReadOnly}
            />
          </div>
          {shown === 'preview' && <Preview document={document} locale={locale} />}
          {shown === 'changes' && published && <Changes document={document} published={published} />}
          {/* Below, so that nothing jumps while the person types. */}
          {isHydrated && <div className="pt-3 empty:hidden">{list}</div>}
        </div>
      </div>
    </div>
  );
}

function UndoButtons({ draft }: Pick<Props, 'draft'>) {
  const t = useTranslations('consoleSchemaEditor');
  const { canUndo, canRedo, undo, redo } = draft;
  const style = 'aria-disabled:cursor-default! aria-disabled:opacity-60';
  return (
    <div className="ms-auto flex gap-2">
      <Button
        size="small"
        icon={<Undo2 size={16} aria-hidden />}
        aria-disabled={!canUndo || undefined}
        className={style}
        onClick={undo}
      >
        {t('undo')}
      </Button>
      <Button
        size="small"
        icon={<Undo2 size={16} className="-scale-x-100" aria-hidden />}
        aria-disabled={!canRedo || undefined}
        className={style}
        onClick={redo}
      >
        {t('redo')}
      </Button>
    </div>
  );
}

function Preview({ document, locale }: { document: JsonObject; locale: Locale }) {
  const t = useTranslations('consoleSchemas.detail');
  return (
    <section aria-labelledby="preview" className="rounded-lg border border-line bg-raised p-4 sm:p-5">
      <h2 id="preview" className="text-base font-semibold">
        {t('preview')}
      </h2>
      <p className="pb-4 text-sm text-muted">{t('previewHelp')}</p>
      <SchemaPreview document={document} locale={locale} />
    </section>
  );
}

function Changes({ document, published }: { document: JsonObject; published: NonNullable<Props['published']> }) {
  const t = useTranslations('consoleSchemaEditor');
  return (
    <section aria-labelledby="draft-changes" className="min-w-0">
      <h2 id="draft-changes" className="text-base font-semibold">
        {t('views.changes')}
      </h2>
      <p className="pb-2 text-sm text-muted">{t('changes.help', { version: published.version })}</p>
      <DraftDiff before={published.document} after={document} />
    </section>
  );
}
