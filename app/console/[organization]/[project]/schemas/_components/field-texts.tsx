'use client';

import { useId } from 'react';
import { TextField } from '@/components/ui/form/text-field';
import { Disclosure } from '@/components/ui/layout/disclosure';
import { LOCALES, type Locale, toIntlTag } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { DraftRow } from '@/lib/schema/model/draft';
import type { DraftEdit } from '@/lib/schema/model/draft-edit';

type Props = { row: DraftRow; locale: Locale; onEdit: (edit: DraftEdit) => void };

/** Title and help of a field in other languages: those of the product, and those the schema has. */
export function FieldTexts({ row, locale, onEdit }: Props) {
  const t = useTranslations('consoleSchemaEditor.field');
  const id = useId();
  const { path, titles, descriptions } = row;
  const languages = [...new Set([...LOCALES, ...Object.keys(titles), ...Object.keys(descriptions)])];
  const count = languages.filter((language) => titles[language] || descriptions[language]).length;
  const edit = (keyword: 'title' | 'description', language: string, value: string) =>
    onEdit({ op: 'text', path, keyword, language, value });
  return (
    <Disclosure summary={`${t('translations')} (${count})`}>
      <div className="grid gap-3 sm:grid-cols-2">
        {languages.map((language) => {
          const name = { language: languageName(language, locale) };
          return (
            <div key={language} className="contents">
              <TextField
                name={`${id}title-${language}`}
                label={t('titleIn', name)}
                lang={language}
                dir="auto"
                value={titles[language] ?? ''}
                onChange={({ target }) => edit('title', language, target.value)}
              />
              <TextField
                name={`${id}description-${language}`}
                label={t('descriptionIn', name)}
                lang={language}
                dir="auto"
                value={descriptions[language] ?? ''}
                onChange={({ target }) => edit('description', language, target.value)}
              />
            </div>
          );
        })}
      </div>
    </Disclosure>
  );
}

/** A language code that `Intl` does not know is its own name. */
function languageName(language: string, locale: Locale): string {
  try {
    return new Intl.DisplayNames(toIntlTag(locale), { type: 'language' }).of(language) ?? language;
  } catch {
    return language;
  }
}
