import { type CompiledMessages, createFormatter, isTree, mergeMessages, messagesAt } from './message';
import { replacementFault } from './message-arguments';
import { isLocale, type Locale, toIntlTag } from './model';
import {
  compileText,
  type MessagePath,
  messagesOf,
  messageTextsOf,
  type Translate,
  type TranslationScope,
  translator,
} from './translate';

/** A text in a project's own words: of a message, or of the title of a schema's field. */
export type Replacement = { locale: string; key: string; text: string };

/** The texts of one project's sign-in page and mails. */
export type Texts = {
  translator: <Scope extends TranslationScope>(locale: Locale, scope: Scope) => Translate<Scope>;
  messagesOf: (locale: Locale, ...paths: MessagePath[]) => CompiledMessages;
  /** The title of a field in a language, or undefined where the schema's own is used. */
  titleOf: (schemaId: string, pointer: string, locale: Locale) => string | undefined;
};

/** The key under which a field's title is replaced. */
export function titleKey(schemaId: string, pointer: string): string {
  return `${TITLE}${schemaId}${pointer}`;
}

export const TITLE = 'schema.';

/** The product's own. */
export const PRODUCT_TEXTS: Texts = { translator, messagesOf, titleOf: () => undefined };

/**
 * The product's texts with a project's replacements. One that does not fit its message, such as after an update that
 * changed the message's arguments, is left out.
 */
export function createTexts(replacements: Replacement[]): Texts {
  const titles = new Map<string, string>();
  const own = new Map<Locale, CompiledMessages>();
  for (const { locale, key, text } of replacements) {
    if (!isLocale(locale)) continue;
    if (key.startsWith(TITLE)) titles.set(`${locale} ${key}`, text);
    const message = isReplaceable(key) ? messageTextsOf(locale).get(key) : undefined;
    if (message === undefined || replacementFault(message, text)) continue;
    own.set(locale, mergeMessages(own.get(locale) ?? {}, nested(key, compileText(text))));
  }
  const known = new Map<string, unknown>();
  return {
    translator: <Scope extends TranslationScope>(locale: Locale, scope: Scope) => {
      const replaced = own.get(locale);
      if (!replaced) return translator(locale, scope);
      const key = `${locale} ${scope}`;
      const messages = messagesAt(mergeMessages(messagesOf(locale, scope), replaced), scope);
      const t = known.get(key) ?? createFormatter(toIntlTag(locale), scope, messages);
      known.set(key, t);
      return t as Translate<Scope>;
    },
    messagesOf: (locale, ...paths) => {
      const messages = messagesOf(locale, ...paths);
      const replaced = own.get(locale);
      return replaced ? overlay(messages, replaced) : messages;
    },
    titleOf: (schemaId, pointer, locale) => titles.get(`${locale} ${titleKey(schemaId, pointer)}`),
  };
}

/** Errors that the sign-in page shows. */
const SIGN_IN_ERRORS = [
  'code_wrong',
  'code_used_or_expired',
  'link_used_or_expired',
  'recovery_code_wrong',
  'rate_limited',
  'inactive_identity',
  'ceremony_expired',
  'passkey_unknown',
  'passkey_verification_failed',
].map((code) => `errors.${code}`);

/**
 * Parts of every mail that stay the product's: facts, the plain link below a button, and the footer, which says to whom
 * and from which origin the mail was sent.
 */
const FIXED = /^mail\.(footer|linkHint|facts|device|unknownDevice)(\.|$)/;

/** Where the console lists a message. */
export const TEXT_GROUPS = ['signIn', 'mails', 'schemas'] as const;
export type TextGroup = (typeof TEXT_GROUPS)[number];

export function isReplaceable(key: string): boolean {
  const isSignIn = key.startsWith('login.') || key.startsWith('common.code.') || SIGN_IN_ERRORS.includes(key);
  return isSignIn || (key.startsWith('mail.') && !FIXED.test(key));
}

export function groupOf(key: string): TextGroup {
  if (key.startsWith(TITLE)) return 'schemas';
  return key.startsWith('mail.') ? 'mails' : 'signIn';
}

/** The messages a project may replace, with the product's text, in the order of the catalogue. */
export function listReplaceable(locale: Locale): Array<{ key: string; text: string }> {
  const texts = [...messageTextsOf(locale)].map(([key, text]) => ({ key, text }));
  const order = (key: string) => ['login', 'common', 'errors', 'mail'].indexOf(key.split('.')[0] ?? '');
  return texts.filter(({ key }) => isReplaceable(key)).sort((a, b) => order(a.key) - order(b.key));
}

function nested(key: string, value: CompiledMessages[string]): CompiledMessages {
  const [name = '', ...parents] = key.split('.').reverse();
  return parents.reduce<CompiledMessages>((inner, parent) => ({ [parent]: inner }), { [name]: value });
}

/** The messages of `base`, with those of `own` in their place; none is added. */
function overlay(base: CompiledMessages, own: CompiledMessages): CompiledMessages {
  const merged: CompiledMessages = { ...base };
  for (const [key, value] of Object.entries(own)) {
    const known = merged[key];
    if (known === undefined) continue;
    merged[key] = isTree(known) && isTree(value) ? overlay(known, value) : value;
  }
  return merged;
}
