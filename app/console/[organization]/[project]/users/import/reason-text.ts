import type { Messages } from '@/lib/i18n/catalogue';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { FailedRow } from '@/lib/import/model';

type Key = keyof Messages['consoleImport']['reasons'];

/** Reasons as they are stored: in English, for programs. Named groups are the values of the message. */
const REASONS: Array<[Key, RegExp]> = [
  ['utf8', /^(The row is )?not UTF-8$/],
  ['sameUser', /^Row (?<row>\d+) is about the same user$/],
  ['severalUsers', /^The identifiers of the row belong to several users$/],
  ['idExists', /^An identity with this ID exists$/],
  ['otherSchema', /^The user has the schema (?<schema>.+); an import does not move users to another one$/],
  ['notObject', /^The row is not a JSON object$/],
  ['notCsv', /^The row is not CSV: a quoted cell does not end where it should$/],
  ['cells', /^The row has (?<cells>\d+) cells, the header (?<columns>\d+)$/],
  ['object', /^(?<column>.+): must be a JSON object$/],
  ['boolean', /^(?<column>.+): must be true or false$/],
  ['state', /^(?<column>.+): must be active or inactive$/],
  ['date', /^(?<column>.+): must be a date such as \S+$/],
  ['unknownSchema', /^(Unable to find JSON Schema ID: |Unknown schema )(?<schema>.+)$/],
];

/** What a schema says of a trait. */
const VIOLATIONS: Array<[Key, RegExp]> = [
  ['required', /^must have required property '.+'$/],
  ['extra', /^additionalProperties ".+" not allowed$/],
  ['format', /^must match format "(?<format>.+)"$/],
  ['pattern', /^must match pattern "(?<pattern>.+)"$/],
  ['type', /^must be (?<type>((string|number|integer|boolean|object|array|null),?)+)$/],
  ['choice', /^must be equal to (one of the allowed values|constant)$/],
  ['tooShort', /^must NOT have fewer than (?<limit>\d+) characters$/],
  ['tooLong', /^must NOT have more than (?<limit>\d+) characters$/],
  ['comparison', /^must be (?<operator>[<>]=?) (?<limit>[\d.eE+-]+)$/],
  ['invisible', /^has no visible character$/],
];

/**
 * The reason of a refused row in the reader's language. `nameOf`: the title of a trait. A reason of another version, or
 * of a rarely used rule of a schema, stays English.
 */
export function reasonText(
  { reason }: Pick<FailedRow, 'reason'>,
  locale: Locale,
  nameOf: (pointer: string) => string,
): string {
  if (locale === 'en') return reason;
  const known = worded(REASONS, reason, locale);
  if (known !== null) return known;
  const parts = reason.split('; ').map((part) => /^(?<pointer>\/traits\/\S*): (?<message>.+)$/.exec(part)?.groups);
  if (parts.some((part) => part === undefined)) return reason;
  return parts
    .map((part) => {
      const { pointer = '', message = '' } = part ?? {};
      return `${nameOf(pointer)}: ${worded(VIOLATIONS, message, locale) ?? message}`;
    })
    .join('; ');
}

function worded(known: typeof REASONS, text: string, locale: Locale): string | null {
  const t = translator(locale, 'consoleImport.reasons');
  for (const [key, form] of known) {
    const match = form.exec(text);
    if (match) return t(key, { ...NO_VALUES, ...match.groups });
  }
  return null;
}

/** Every value that a message may name. */
const NO_VALUES = {
  ...{ row: '', schema: '', cells: '', columns: '', column: '' },
  ...{ format: '', pattern: '', type: '', limit: '', operator: '' },
};
