import { createTranslator, type NamespaceKeys, type NestedKeyOf } from 'use-intl/core';
import type { Messages, Namespace, Translated } from './catalogue';
import { isolating } from './isolating';
import { de } from './messages/de';
import { en } from './messages/en';
import { DEFAULT_LOCALE, type Locale, toIntlTag } from './model';

/**
 * The adapter to use-intl on the server: pages, actions and emails. Client components use `useTranslations` under an
 * `I18nProvider` instead, so that whole catalogues never reach the browser.
 */
const CATALOGUES: Record<Locale, Translated> = { en, de };

/** A part of the catalogue, such as `login` or `profile.passkeys`. */
export type TranslationScope = NamespaceKeys<Messages, NestedKeyOf<Messages>>;

/** The function `t(key, arguments)` for one language and one part of the catalogue. Created once: it parses messages. */
export function translator<Scope extends TranslationScope>(locale: Locale, namespace: Scope): Translate<Scope> {
  const key = `${locale} ${namespace}`;
  const t = (created.get(key) as Translate<Scope> | undefined) ?? createTranslate(locale, namespace);
  created.set(key, t);
  return t;
}

const created = new Map<string, unknown>();

function createTranslate<Scope extends TranslationScope>(locale: Locale, namespace: Scope) {
  const t = createTranslator<Messages, Scope>({
    locale: toIntlTag(locale),
    // The types of keys and arguments come from the English literals; a unit test checks that the others take the same.
    messages: CATALOGUES[locale] as unknown as Messages,
    namespace,
    timeZone: 'UTC',
  });
  return isolating(t);
}

export type Translate<Scope extends TranslationScope> = ReturnType<typeof createTranslate<Scope>>;

/** A text that takes no arguments. */
export function plainText<Scope extends TranslationScope>(
  locale: Locale,
  scope: Scope,
  key: Parameters<Translate<Scope>>[0],
): string {
  // TypeScript cannot see that a generic key takes no arguments.
  return (translator(locale, scope) as unknown as (key: string) => string)(key);
}

/** The namespaces a page's client components need, for `I18nProvider`. */
export function messagesOf<Name extends Namespace>(locale: Locale, ...namespaces: Name[]): Pick<Translated, Name> {
  const catalogue = CATALOGUES[locale] ?? CATALOGUES[DEFAULT_LOCALE];
  return Object.fromEntries(namespaces.map((name) => [name, catalogue[name]])) as Pick<Translated, Name>;
}
