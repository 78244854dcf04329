import { getAt, isJsonObject, type Json, type JsonObject } from '@/lib/platform/json';
import { moveInText, renameInText, setInText } from '@/lib/platform/json-text';
import { type FieldType, schemaPath } from './draft';
import type { SelfService } from './field';

type At = { path: string[] };

/** One change in the form of a schema. `language` null: the schema's own texts. */
export type DraftEdit = At &
  (
    | { op: 'text'; keyword: 'title' | 'description'; language: string | null; value: string }
    | { op: 'type'; type: FieldType; isList: boolean }
    | { op: 'format'; format: string | null }
    | { op: 'maxLength'; maxLength: number | null }
    | { op: 'required'; isRequired: boolean }
    | { op: 'identifier'; isIdentifier: boolean }
    | { op: 'selfService'; right: SelfService }
    | { op: 'values'; values: Json[] | null }
    | { op: 'move'; by: -1 | 1 }
    | { op: 'remove' }
    | { op: 'rename'; key: string }
    /** `path` is that of the new field. */
    | { op: 'add'; title: string; type: FieldType | 'group' }
  );

/**
 * The text of a schema after a change in its form. Only the keywords of that change are written; keys that the form does
 * not know, their order and the white space stay. The text is a valid JSON object.
 */
export function editDraft(text: string, edit: DraftEdit): string {
  const at = schemaPath(edit.path);
  switch (edit.op) {
    case 'text':
      return editText(text, at, edit);
    case 'type':
      return editType(text, at, edit);
    case 'format':
      return setInText(text, valuePath(text, at, 'format'), edit.format ?? undefined);
    case 'maxLength':
      return setInText(text, valuePath(text, at, 'maxLength'), edit.maxLength ?? undefined);
    case 'values':
      return setInText(text, valuePath(text, at, 'enum'), edit.values ?? undefined);
    case 'required':
      return editRequired(text, edit.path, (required, key) =>
        edit.isRequired ? [...required.filter((name) => name !== key), key] : required.filter((name) => name !== key),
      );
    case 'identifier':
      return setNote(text, at, ['identifier'], edit.isIdentifier || undefined);
    case 'selfService':
      return setNote(text, at, ['selfService'], edit.right);
    case 'move':
      return moveInText(text, at, edit.by);
    case 'remove':
      return setInText(
        editRequired(text, edit.path, (required, key) => required.filter((name) => name !== key)),
        at,
        undefined,
      );
    case 'rename':
      return renameRequired(renameInText(text, at, edit.key), edit);
    case 'add':
      return setInText(text, at, newSchema(edit));
  }
}

/** A key that no sibling has, from a title: "Cost centre" is `cost-centre`. */
export function keyFor(title: string, taken: readonly string[]): string {
  const plain = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  // A key of digits alone would move to the front: JavaScript orders it as an index.
  const key = /^\d*$/.test(plain) ? `field${plain && `-${plain}`}` : plain;
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? key : `${key}-${count}`;
    if (!taken.includes(candidate)) return candidate;
  }
}

/** A value of `enum` from its text; text that is no number or boolean stays text. */
export function toListedValue(text: string, type: FieldType): Json {
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  const isNumeric = type === 'number' || type === 'integer';
  return isNumeric && text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

const NEW_TEXT_LENGTH = 200;

function newSchema({ title, type }: Extract<DraftEdit, { op: 'add' }>): JsonObject {
  if (type === 'group') return { type: 'object', title, properties: {}, additionalProperties: false };
  return { type, title, ...(type === 'string' && { maxLength: NEW_TEXT_LENGTH }) };
}

function editText(text: string, at: string[], edit: Extract<DraftEdit, { op: 'text' }>): string {
  const { keyword, language, value } = edit;
  const written = value === '' ? undefined : value;
  return language === null
    ? setInText(text, [...at, keyword], written)
    : setNote(text, at, [`${keyword}s`, language], written);
}

/** Sets a member of `x-signet`; what is empty then is removed. */
function setNote(text: string, at: string[], path: string[], value: Json | undefined): string {
  const whole = ['x-signet', ...path];
  let edited = setInText(text, [...at, ...whole], value);
  if (value !== undefined || edited === text) return edited;
  for (let depth = whole.length - 1; depth > 0; depth--) {
    const place = [...at, ...whole.slice(0, depth)];
    const left = valueAt(edited, place);
    if (!isJsonObject(left) || Object.keys(left).length > 0) break;
    edited = setInText(edited, place, undefined);
  }
  return edited;
}

/** Rewrites `required` of the object that contains a field; without it when it becomes empty. */
function editRequired(text: string, path: string[], change: (required: Json[], key: string) => Json[]): string {
  const place = [...schemaPath(path.slice(0, -1)), 'required'];
  const before = valueAt(text, place);
  const required = Array.isArray(before) ? before : [];
  const after = change(required, path.at(-1) ?? '');
  const isSame = after.length === required.length && after.every((name, index) => name === required[index]);
  return isSame ? text : setInText(text, place, after.length > 0 ? after : undefined);
}

function renameRequired(text: string, { path, key }: Extract<DraftEdit, { op: 'rename' }>): string {
  const place = [...schemaPath(path.slice(0, -1)), 'required'];
  const required = valueAt(text, place);
  const names = Array.isArray(required) ? required : [];
  const rename = (edited: string, name: Json, index: number) =>
    name === path.at(-1) ? setInText(edited, [...place, index], key) : edited;
  return names.reduce(rename, text);
}

/** Keywords about a value, which move between a field and the items of its list. */
const VALUE_KEYWORDS = [
  ...['type', 'format', 'enum', 'const', 'oneOf', 'anyOf', 'minLength', 'maxLength', 'pattern'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
];

function editType(text: string, at: string[], { type, isList }: Extract<DraftEdit, { op: 'type' }>): string {
  const wasList = isListAt(text, at);
  const shaped = isList === wasList ? text : isList ? intoList(text, at) : outOfList(text, at);
  const place = isList ? [...at, 'items'] : at;
  const typed = setType(shaped, place, type);
  return type === 'string' && !isList ? typed : setNote(typed, at, ['identifier'], undefined);
}

function setType(text: string, place: string[], type: FieldType): string {
  const { type: before, enum: values } = nodeAt(text, place);
  if (before === type) return text;
  const isNullable = Array.isArray(before) && before.includes('null');
  const typed = setInText(text, [...place, 'type'], isNullable ? [type, 'null'] : type);
  const plain = type === 'string' ? typed : setInText(typed, [...place, 'format'], undefined);
  if (!Array.isArray(values)) return plain;
  const converted = values.map((value) => (value === null ? null : toListedValue(String(value), type)));
  return setInText(plain, [...place, 'enum'], converted);
}

function intoList(text: string, at: string[]): string {
  const node = nodeAt(text, at);
  const moved = VALUE_KEYWORDS.filter((keyword) => node[keyword] !== undefined && keyword !== 'type');
  const items = Object.fromEntries([['type', node.type ?? 'string'], ...moved.map((key) => [key, node[key] ?? null])]);
  const rest = moved.reduce((edited, keyword) => setInText(edited, [...at, keyword], undefined), text);
  return setInText(setInText(rest, [...at, 'type'], 'array'), [...at, 'items'], items);
}

function outOfList(text: string, at: string[]): string {
  const { items, ...node } = nodeAt(text, at);
  const moved = isJsonObject(items) ? Object.entries(items) : [];
  const rest = setInText(text, [...at, 'items'], undefined);
  return moved
    .filter(([keyword]) => keyword === 'type' || node[keyword] === undefined)
    .reduce((edited, [keyword, value]) => setInText(edited, [...at, keyword], value), rest);
}

function isListAt(text: string, at: string[]): boolean {
  const { type } = nodeAt(text, at);
  return type === 'array' || (Array.isArray(type) && type.includes('array'));
}

/** The place of a keyword about the value: of a list, in its items. */
function valuePath(text: string, at: string[], keyword: string): string[] {
  return isListAt(text, at) ? [...at, 'items', keyword] : [...at, keyword];
}

function nodeAt(text: string, at: string[]): JsonObject {
  const node = valueAt(text, at);
  return isJsonObject(node) ? node : {};
}

function valueAt(text: string, path: string[]): Json | undefined {
  const whole: Json = JSON.parse(text);
  return getAt(whole, path);
}
