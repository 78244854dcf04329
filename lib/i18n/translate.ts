import compile from 'icu-minify/compile';
import type { createTranslator, NamespaceKeys, NestedKeyOf } from 'use-intl/core';
import type { Messages } from './catalogue';
import { type CompiledMessages, createFormatter, mergeMessages } from './message';
import { ar } from './messages/ar';
import { de } from './messages/de';
import { en } from './messages/en';
import { es } from './messages/es';
import { fr } from './messages/fr';
import { type Locale, toIntlTag } from './model';

/**
 * Translates on the server: pages, actions and emails. Client components use `useTranslations` under an `I18nProvider`
 * instead, so that whole catalogues never reach the browser. use-intl types the keys and arguments, icu-minify parses.
 */
type Tree = { [key: string]: string | Tree };

const CATALOGUES: Record<Locale, Tree> = { en, de, fr: withEnglish(fr), es: withEnglish(es), ar: withEnglish(ar) };

/** A part of the catalogue, such as `login` or `profile.passkeys`. */
export type TranslationScope = NamespaceKeys<Messages, NestedKeyOf<Messages>>;

export type Translate<Scope extends TranslationScope> = ReturnType<typeof createTranslator<Messages, Scope>>;

/** The function `t(key, arguments)` for one language and one part of the catalogue. */
export function translator<Scope extends TranslationScope>(locale: Locale, scope: Scope): Translate<Scope> {
  const key = `${locale} ${scope}`;
  const known = translators.get(key);
  if (known) return known as Translate<Scope>;
  const created = createFormatter(toIntlTag(locale), scope, compiledAt(locale, scope));
  translators.set(key, created);
  // The types of keys and arguments come from the English literals; a unit test checks that the others take the same.
  return created as unknown as Translate<Scope>;
}

/** Created once each: parsing a catalogue takes longer than rendering a page. */
const translators = new Map<string, unknown>();
const compiled = new Map<string, CompiledMessages>();

function compiledAt(locale: Locale, scope: TranslationScope): CompiledMessages {
  const key = `${locale} ${scope}`;
  const known = compiled.get(key);
  if (known) return known;
  const found = textAt(locale, scope);
  const created = typeof found === 'object' ? compileTree(found) : {};
  compiled.set(key, created);
  return created;
}

/** Messages that a language lacks, such as the console's, are English. */
function withEnglish(catalogue: Tree, english: Tree = en): Tree {
  const merged: Tree = { ...english };
  for (const [key, value] of Object.entries(catalogue)) {
    const known = english[key];
    merged[key] = typeof value === 'object' && typeof known === 'object' ? withEnglish(value, known) : value;
  }
  return merged;
}

function textAt(locale: Locale, path: string): Tree | string | undefined {
  return path
    .split('.')
    .reduce<Tree | string | undefined>(
      (tree, part) => (typeof tree === 'object' ? tree[part] : undefined),
      CATALOGUES[locale],
    );
}

function compileTree(tree: Tree): CompiledMessages {
  return Object.fromEntries(
    Object.entries(tree).map(([key, text]) => [key, typeof text === 'string' ? compileText(text) : compileTree(text)]),
  );
}

/** All messages of a language as text, by path. */
export function messageTextsOf(locale: Locale): ReadonlyMap<string, string> {
  const known = flattened.get(locale);
  if (known) return known;
  const created = new Map(leavesOf(CATALOGUES[locale]));
  flattened.set(locale, created);
  return created;
}

const flattened = new Map<Locale, Map<string, string>>();

function leavesOf(tree: Tree, prefix = ''): Array<[string, string]> {
  return Object.entries(tree).flatMap(
    ([key, value]): Array<[string, string]> =>
      typeof value === 'string' ? [[prefix + key, value]] : leavesOf(value, `${prefix}${key}.`),
  );
}

/** The copied objects have a prototype: React passes no others to client components. */
export function compileText(text: string) {
  return structuredClone(compile(text));
}

/** A text that takes no arguments. */
export function plainText<Scope extends TranslationScope>(
  locale: Locale,
  scope: Scope,
  key: Parameters<Translate<Scope>>[0],
): string {
  // TypeScript cannot see that a generic key takes no arguments.
  return (translator(locale, scope) as unknown as (key: string) => string)(key);
}

/** The path of a message or of a part of the catalogue: `common.cancel`, `profile.passkeys`. */
export type MessagePath = NestedKeyOf<Messages>;

/** What a page's client components need of the catalogue, for `I18nProvider`. */
export function messagesOf(locale: Locale, ...paths: MessagePath[]): CompiledMessages {
  const key = `${locale} ${paths.join(' ')}`;
  const known = selected.get(key);
  if (known) return known;
  const created = paths.map((path) => compiledAlone(locale, path)).reduce(mergeMessages, {});
  selected.set(key, created);
  return created;
}

const selected = new Map<string, CompiledMessages>();

/** `{ common: { cancel: 'Cancel' } }` for `common.cancel`. */
function compiledAlone(locale: Locale, path: MessagePath): CompiledMessages {
  const found = textAt(locale, path);
  const value = typeof found === 'object' ? compileTree(found) : compileText(found ?? '');
  const [name = '', ...parents] = path.split('.').reverse();
  return parents.reduce<CompiledMessages>((inner, parent) => ({ [parent]: inner }), { [name]: value });
}
