import { isLocale, type Locale } from '@/lib/i18n/model';
import { TEXT_GROUPS, type TextGroup } from '@/lib/i18n/texts';

type Search = Record<string, string | string[] | undefined>;

export type TextQuery = { language: Locale; group: TextGroup | ''; isChanged: boolean; q: string };

/** Unknown values count as absent; `locale` is the default language. */
export function readTextQuery(search: Search, locale: Locale): TextQuery {
  const { language, group, changed, q } = search;
  return {
    language: isLocale(language) ? language : locale,
    group: TEXT_GROUPS.find((each) => each === group) ?? '',
    isChanged: changed === 'yes',
    q: typeof q === 'string' ? q.trim().slice(0, 200) : '',
  };
}

export function textHref(base: string, language: Locale, key: string): string {
  return `${base}/text?${new URLSearchParams({ language, key })}`;
}
