import { LOCALES } from '@/lib/i18n/model';
import { isJsonObject, type Json, toPointer } from '@/lib/platform/json';
import { placeAt, type TextPlace, valueAround } from '@/lib/platform/json-text';
import { SCHEMA_LISTS, SCHEMA_MAPS, SCHEMA_PLACES } from './subschema';

/** What may be written at a place of a schema, for an editor: the keywords and values that Signet knows. */

/** `text` replaces the document from `start` to `end`. */
export type Completion = { label: string; text: string };
export type Completions = { start: number; end: number; options: Completion[] };

export function completionsAt(document: string, offset: number): Completions | null {
  const place = withWord(document, offset, placeAt(document, offset));
  const options = place.isKey ? keysAt(document, place) : valuesAt(document, place);
  return options.length > 0 ? { start: place.start, end: place.end, options } : null;
}

/** An unquoted word before the cursor is replaced, too. */
function withWord(document: string, offset: number, place: TextPlace): TextPlace {
  if (place.start !== offset || place.end !== offset) return place;
  const [word = ''] = /[\w$-]*$/.exec(document.slice(0, offset)) ?? [];
  return { ...place, start: offset - word.length };
}

type Path = ReadonlyArray<string | number>;
type Kind = 'schema' | 'note' | 'texts' | 'names' | 'value';

/** What a path leads to, walked from the root, which is a schema. */
function kindAt(path: Path): Kind {
  let kind: Kind = 'schema';
  for (let at = 0; at < path.length; at++) kind = kindBelow(kind, String(path[at]), path[at - 1]);
  return kind;
}

function kindBelow(kind: Kind, key: string, container: string | number | undefined): Kind {
  if (kind === 'names') return 'schema';
  if (kind === 'note') return key === 'titles' || key === 'descriptions' ? 'texts' : 'value';
  if (kind === 'value' && SCHEMA_LISTS.includes(String(container)) && /^\d+$/.test(key)) return 'schema';
  if (kind !== 'schema') return 'value';
  if (key === 'x-signet') return 'note';
  if (SCHEMA_MAPS.includes(key)) return 'names';
  return SCHEMA_PLACES.includes(key) ? 'schema' : 'value';
}

function keysAt(document: string, { path, end }: TextPlace): Completion[] {
  const around = path.slice(0, -1);
  const known = KEYS[kindAt(around)];
  const object = valueAround(document, around);
  const taken = isJsonObject(object) ? Object.keys(object).filter((key) => key !== path.at(-1)) : [];
  const hasValue = /^\s*:/.test(document.slice(end));
  return Object.entries(known)
    .filter(([key]) => !taken.includes(key))
    .map(([key, value]) => ({ label: key, text: hasValue ? JSON.stringify(key) : `${JSON.stringify(key)}: ${value}` }));
}

function valuesAt(document: string, { path }: TextPlace): Completion[] {
  const isItem = typeof path.at(-1) === 'number';
  const keywordPath = isItem ? path.slice(0, -1) : path;
  const around = keywordPath.slice(0, -1);
  const keyword = String(keywordPath.at(-1) ?? '');
  const kind = kindAt(around);
  if (kind === 'schema' && isItem) return keyword === 'required' ? quoted(namesAround(document, around)) : [];
  if (kind === 'schema' && keyword === '$ref') return quoted(referencesIn(document));
  if (kind === 'note') return NOTE_VALUES[keyword] ?? [];
  return kind === 'schema' ? (SCHEMA_VALUES[keyword] ?? []) : [];
}

function namesAround(document: string, around: Path): string[] {
  const object = valueAround(document, [...around, 'properties']);
  const required = valueAround(document, [...around, 'required']);
  const names = isJsonObject(object) ? Object.keys(object) : [];
  return Array.isArray(required) ? names.filter((name) => !required.includes(name)) : names;
}

function referencesIn(document: string): string[] {
  const whole = valueAround(document, []);
  if (!isJsonObject(whole)) return [];
  return ['$defs', 'definitions'].flatMap((key) => {
    const names = whole[key];
    return isJsonObject(names) ? Object.keys(names).map((name) => `#${toPointer([key, name])}`) : [];
  });
}

/** The skeleton of each keyword's value. */
const SCHEMA_KEYS = {
  title: '""',
  description: '""',
  type: '"string"',
  format: '"email"',
  enum: '[]',
  const: '""',
  default: '""',
  minLength: '1',
  maxLength: '200',
  pattern: '""',
  minimum: '0',
  maximum: '100',
  exclusiveMinimum: '0',
  exclusiveMaximum: '100',
  multipleOf: '1',
  items: '{}',
  minItems: '1',
  maxItems: '10',
  uniqueItems: 'true',
  properties: '{}',
  required: '[]',
  additionalProperties: 'false',
  minProperties: '1',
  maxProperties: '10',
  oneOf: '[]',
  anyOf: '[]',
  allOf: '[]',
  not: '{}',
  if: '{}',
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: '{}',
  else: '{}',
  $ref: '"#/$defs/"',
  $defs: '{}',
  'x-signet': '{}',
};

const TEXT_KEYS = Object.fromEntries(LOCALES.map((locale) => [locale, '""']));

const KEYS: Record<Kind, Record<string, string>> = {
  schema: SCHEMA_KEYS,
  note: { identifier: 'true', selfService: '"write"', autocomplete: '"name"', titles: '{}', descriptions: '{}' },
  texts: TEXT_KEYS,
  names: {},
  value: {},
};

/** Formats that choose a control of the form come first. */
const FORMATS = [
  ...['email', 'uri', 'date', 'time', 'tel'],
  ...['date-time', 'idn-email', 'uuid', 'hostname', 'ipv4', 'ipv6', 'iri', 'uri-reference', 'duration', 'regex'],
];

const AUTOCOMPLETE = [
  ...['name', 'given-name', 'additional-name', 'family-name', 'honorific-prefix', 'honorific-suffix', 'nickname'],
  ...['organization', 'organization-title', 'email', 'tel', 'url', 'bday', 'sex', 'language'],
  ...['street-address', 'address-line1', 'address-line2', 'address-level2', 'address-level1', 'postal-code'],
  ...['country', 'country-name', 'username', 'off'],
];

const SCHEMA_VALUES: Record<string, Completion[]> = {
  type: quoted(['string', 'number', 'integer', 'boolean', 'array', 'object', 'null']),
  format: quoted(FORMATS),
  additionalProperties: plain([true, false]),
  uniqueItems: plain([true, false]),
  $schema: quoted(['https://json-schema.org/draft/2020-12/schema', 'http://json-schema.org/draft-07/schema#']),
};

const NOTE_VALUES: Record<string, Completion[]> = {
  identifier: plain([true, false]),
  selfService: quoted(['write', 'writeOnce', 'read', 'hidden']),
  autocomplete: quoted(AUTOCOMPLETE),
};

function quoted(values: string[]): Completion[] {
  return values.map((value) => ({ label: value, text: JSON.stringify(value) }));
}

function plain(values: Json[]): Completion[] {
  return values.map((value) => ({ label: String(value), text: JSON.stringify(value) }));
}
