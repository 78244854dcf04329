import { cache } from 'react';
import type { Locale } from '@/lib/i18n/model';
import { PRODUCT_TEXTS, type Texts } from '@/lib/i18n/texts';
import { translator } from '@/lib/i18n/translate';
import { textsOf } from '@/lib/project/service';
import type { SchemaField } from '@/lib/schema/model';
import { requestContext } from './session';

/** The texts of the project that this request is for. */
export const requestTexts = cache(async (): Promise<Texts> => textsOf((await requestContext()).project));

/** For an error's sentence: the product's own when the project's cannot be read. */
export function textsOrProduct(): Promise<Texts> {
  return requestTexts().catch(() => PRODUCT_TEXTS);
}

/**
 * The fields of a schema with the project's own titles in this language. A title of the default schema that the schema
 * does not translate is the catalogue's.
 */
export function withTitles(
  texts: Texts,
  schemaId: string,
  fields: readonly SchemaField[],
  locale: Locale,
): SchemaField[] {
  return fields.map((field) => {
    const title = texts.titleOf(schemaId, field.pointer, locale) ?? field.titles[locale] ?? knownTitle(field, locale);
    return title === undefined ? field : { ...field, titles: { ...field.titles, [locale]: title } };
  });
}

function knownTitle({ path, title }: SchemaField, locale: Locale): string | undefined {
  const name = TRAITS.find((trait) => trait === path.at(-1));
  if (name === undefined || title !== translator('en', 'settings.trait')(name)) return undefined;
  return translator(locale, 'settings.trait')(name);
}

const TRAITS = ['email', 'first', 'last', 'academic-degree'] as const;
