'use client';

import { useState } from 'react';
import { EditFrame } from '@/components/edit/edit-frame';
import { useEditForm } from '@/components/edit/use-edit-form';
import { Button } from '@/components/ui/button';
import { TextAreaField } from '@/components/ui/form/text-area-field';
import { Panel } from '@/components/ui/layout/panel';
import { directionOf, LOCALE_NAMES, type Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import type { Edit } from '@/lib/platform/edit';
import type { Violation } from '@/lib/platform/errors';

/** Null: the original. */
type Fields = { text: string | null };
type Place = { locale: Locale; key: string };
type Props = {
  place: Place;
  original: string;
  saved: Fields;
  mayEdit: boolean;
  save: (input: Place & Edit<Fields>) => Promise<ActionResult<Fields>>;
  preview: (input: Place & { text: string }) => Promise<ActionResult<{ example: string }>>;
};

/** The project's own wording, with a preview and the way back to the original. */
export function TextForm({ place, original, saved, mayEdit, save, preview }: Props) {
  const t = useTranslations('consoleTexts.one');
  const words = useTranslations('consoleTexts.violation');
  const form = useEditForm(saved, (edit) => save({ ...place, ...edit }));
  const [shown, setShown] = useState<{ example: string; refusal?: string } | null>(null);
  const { locale } = place;
  const language = { lang: locale, dir: directionOf(locale) };
  const label = t('own', { language: LOCALE_NAMES[locale] });
  const typed = form.mine.text ?? original;
  const change = (text: string | null) => {
    setShown(null);
    form.edit({ text: text === original ? null : text });
  };
  const show = async () => {
    const result = await preview({ ...place, text: typed });
    if (result.ok) return setShown({ example: result.value.example });
    const [violation] = result.error.violations ?? [];
    setShown({ example: '', refusal: violation ? inWords(words, violation) : result.error.sentence });
  };
  return (
    <Panel id="own" title={t('ownTitle')} help={t('ownHelp')}>
      <div className="flex flex-col gap-5">
        <EditFrame
          form={form}
          labels={{ text: label }}
          messageOf={(violation) => inWords(words, violation)}
          inWords={(_, value) => (typeof value === 'string' ? value : original)}
          mayEdit={mayEdit}
        >
          {(errorOf) => (
            <>
              <TextAreaField
                {...language}
                name="text"
                label={label}
                help={t('help')}
                value={typed}
                onChange={({ target }) => change(target.value)}
                error={errorOf('text') ?? shown?.refusal}
              />
              {mayEdit && (
                <div className="flex flex-wrap gap-2">
                  <Button size="small" onClick={show}>
                    {t('preview')}
                  </Button>
                  {form.mine.text !== null && (
                    <Button size="small" onClick={() => change(null)}>
                      {t('reset')}
                    </Button>
                  )}
                </div>
              )}
            </>
          )}
        </EditFrame>
        <output className="block max-w-text empty:hidden" {...language}>
          {shown?.example && (
            <span className="block rounded-md bg-sunken px-3 py-2 wrap-anywhere">{shown.example}</span>
          )}
        </output>
      </div>
    </Panel>
  );
}

type Words = ReturnType<typeof useTranslations<'consoleTexts.violation'>>;

function inWords(t: Words, { keyword, params = {} }: Violation): string {
  const names = Array.isArray(params.names) ? params.names.map((name) => `{${name}}`).join(', ') : '';
  switch (keyword) {
    case 'syntax':
      return t('syntax', { position: String(params.position) });
    case 'unknown':
    case 'missing':
    case 'changed':
      return t(keyword, { names });
    case 'maxLength':
      return t('tooLong', { max: Number(params.max) });
    default:
      return t('unreadable');
  }
}
