import format, { type CompiledMessage } from 'icu-minify/format';
import { cloneElement, isValidElement, type ReactNode } from 'react';
import { isolatedValues } from './isolating';
import type { Direction } from './model';

/** Part of a catalogue, compiled: `lib/i18n/translate.ts` parses messages, the browser only formats them. */
export type CompiledMessages = { [key: string]: CompiledMessage | CompiledMessages };

type Values = Record<string, unknown>;
export type MessageFormatter = {
  (key: string, values?: Values): string;
  rich: (key: string, values?: Values) => ReactNode;
};

/**
 * Creates `t(key, values)` for compiled messages. Text values are isolated (`lib/i18n/isolating.ts`). A missing message is
 * logged to the console and shown as its path.
 */
export function createFormatter(tag: string, scope: string, messages: CompiledMessages | undefined): MessageFormatter {
  const formatters = formattersOf(tag);
  const direction = tag.startsWith('ar') ? 'rtl' : 'ltr';
  const formatAt = (key: string, values?: Values) => {
    const message = messages && messageAt(messages, key);
    if (message !== undefined) return format(message, tag, values && preparedValues(values, direction), { formatters });
    // biome-ignore lint/suspicious/noConsole: also runs in the browser, where the end-to-end tests read it
    console.error(`MISSING_MESSAGE: ${scope}.${key} in ${tag}`);
    return `${scope}.${key}`;
  };
  const say = (key: string, values?: Values) => String(formatAt(key, values));
  return Object.assign(say, { rich: (key: string, values?: Values) => formatAt(key, values) as ReactNode });
}

/** The messages below a dotted path; undefined if there are none. */
export function messagesAt(messages: CompiledMessages, path: string): CompiledMessages | undefined {
  let found: CompiledMessage | CompiledMessages | undefined = messages;
  for (const part of path.split('.')) found = isTree(found) ? found[part] : undefined;
  return isTree(found) ? found : undefined;
}

/** Both trees in one; where they differ, the second one's messages. */
export function mergeMessages(first: CompiledMessages, second: CompiledMessages): CompiledMessages {
  const merged = { ...first };
  for (const [key, value] of Object.entries(second)) {
    const known = merged[key];
    merged[key] = isTree(known) && isTree(value) ? mergeMessages(known, value) : value;
  }
  return merged;
}

function messageAt(messages: CompiledMessages, key: string): CompiledMessage | undefined {
  const end = key.lastIndexOf('.');
  const found = end < 0 ? messages[key] : messagesAt(messages, key.slice(0, end))?.[key.slice(end + 1)];
  return isTree(found) ? undefined : found;
}

/** A compiled message is a text or a list. */
export function isTree(value: CompiledMessage | CompiledMessages | undefined): value is CompiledMessages {
  return typeof value === 'object' && !Array.isArray(value);
}

/** Isolates text; gives keys to elements returned by a tag's function, because they become a list of children. */
function preparedValues(values: Values, direction: Direction): Record<string, never> {
  const prepared = isolatedValues(values, direction);
  for (const [name, value] of Object.entries(prepared)) {
    if (typeof value !== 'function') continue;
    let index = 0;
    prepared[name] = (chunks: ReactNode) => {
      const element = value(chunks);
      return isValidElement(element) ? cloneElement(element, { key: name + index++ }) : element;
    };
  }
  return prepared as Record<string, never>;
}

type Formatters = Parameters<typeof format>[3]['formatters'];
const created = new Map<string, Formatters>();

/** Numbers and plurals only; `lib/i18n/model.ts` formats dates. */
function formattersOf(tag: string): Formatters {
  const known = created.get(tag);
  if (known) return known;
  const numbers = new Intl.NumberFormat(tag);
  const plurals = new Intl.PluralRules(tag);
  const formatters: Formatters = {
    getNumberFormat: (_, options) => (options ? new Intl.NumberFormat(tag, options) : numbers),
    getPluralRules: (_, options) => (options?.type === 'ordinal' ? new Intl.PluralRules(tag, options) : plurals),
    getDateTimeFormat: (_, options) => new Intl.DateTimeFormat(tag, options),
  };
  created.set(tag, formatters);
  return formatters;
}
