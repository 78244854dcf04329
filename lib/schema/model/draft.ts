import { getAt, isJsonObject, type Json, type JsonObject, toPointer } from '@/lib/platform/json';
import type { SchemaField, SelfService } from './field';

/** A schema as a form shows it: what can be edited there. Everything else stays in the JSON. */

export const FIELD_TYPES = ['string', 'number', 'integer', 'boolean'] as const;
export type FieldType = SchemaField['type'];

/** `group`: an object with properties. `other`: a value that only the JSON describes fully. */
export type DraftKind = 'field' | 'group' | 'other';

export type DraftRow = {
  /** Keys below `traits`. */
  path: string[];
  /** JSON Pointer in the identity, such as `/traits/name/first`. */
  pointer: string;
  kind: DraftKind;
  title: string;
  description: string;
  /** By language code. */
  titles: Record<string, string>;
  descriptions: Record<string, string>;
  type: FieldType;
  isList: boolean;
  format: string | null;
  maxLength: number | null;
  isRequired: boolean;
  /** `elsewhere`: by Kratos' annotation, which only the JSON edits. */
  identifier: 'yes' | 'no' | 'elsewhere';
  /** Whether it may become an identifier: a string in its own place. */
  canIdentify: boolean;
  selfService: SelfService;
  /** The listed values. */
  values: Json[] | null;
  /** Whether values have titles (`oneOf`, `anyOf`), which only the JSON edits. */
  hasTitledValues: boolean;
  canMoveUp: boolean;
  canMoveDown: boolean;
  /** Of a group. */
  rows: DraftRow[];
};

/** The place of the traits' schema in the document. */
const TRAITS = ['properties', 'traits'];

/** The place of a field's schema in the document. */
export function schemaPath(path: readonly string[]): string[] {
  return [...TRAITS, ...path.flatMap((key) => ['properties', key])];
}

/** The fields in document order; null for a document whose traits are no plain object, which only the JSON can edit. */
export function draftRows(document: JsonObject): DraftRow[] | null {
  const traits = getAt(document, TRAITS);
  if (!isJsonObject(traits) || traits.$ref !== undefined) return null;
  if (traits.properties !== undefined && !isJsonObject(traits.properties)) return null;
  return rowsOf(traits, []);
}

/** A row and those of groups, in order. */
export function flatRows(rows: readonly DraftRow[]): DraftRow[] {
  return rows.flatMap((row) => [row, ...flatRows(row.rows)]);
}

function rowsOf(node: JsonObject, path: string[]): DraftRow[] {
  const properties = isJsonObject(node.properties) ? node.properties : {};
  const required = Array.isArray(node.required) ? node.required : [];
  const keys = Object.keys(properties);
  return keys.map((key, at) => {
    const written = properties[key];
    const child = isJsonObject(written) ? written : {};
    const inner = [...path, key];
    const kind = isJsonObject(written) ? kindOf(written) : 'other';
    return {
      ...valueKeywords(child),
      ...textsOf(child),
      ...accessOf(child),
      path: inner,
      pointer: toPointer(['traits', ...inner]),
      kind,
      isRequired: required.includes(key),
      canMoveUp: canSwap(key, keys[at - 1]),
      canMoveDown: canSwap(key, keys[at + 1]),
      rows: kind === 'group' ? rowsOf(child, inner) : [],
    };
  });
}

function kindOf(node: JsonObject): DraftKind {
  if (node.$ref !== undefined) return 'other';
  if (isJsonObject(node.properties)) return 'group';
  const item = typeName(node) === 'array' ? node.items : node;
  return isJsonObject(item) && item.$ref === undefined && leafType(item) ? 'field' : 'other';
}

function valueKeywords(node: JsonObject) {
  const isList = typeName(node) === 'array';
  const item = isList && isJsonObject(node.items) ? node.items : node;
  return {
    type: leafType(item) ?? 'string',
    isList,
    format: typeof item.format === 'string' ? item.format : null,
    maxLength: typeof item.maxLength === 'number' ? item.maxLength : null,
    values: Array.isArray(item.enum) ? item.enum : null,
    hasTitledValues: Array.isArray(item.oneOf) || Array.isArray(item.anyOf),
    canIdentify: node.type === 'string',
  };
}

function textsOf(node: JsonObject) {
  return {
    title: typeof node.title === 'string' ? node.title : '',
    description: typeof node.description === 'string' ? node.description : '',
    titles: stringsAt(node, 'titles'),
    descriptions: stringsAt(node, 'descriptions'),
  };
}

function stringsAt(node: JsonObject, key: string): Record<string, string> {
  const texts = getAt(node, ['x-signet', key]);
  if (!isJsonObject(texts)) return {};
  return Object.fromEntries(Object.entries(texts).filter((entry): entry is [string, string] => isText(entry[1])));
}

const isText = (value: Json) => typeof value === 'string';

const RIGHTS = ['write', 'writeOnce', 'hidden'] as const;

function accessOf(node: JsonObject): Pick<DraftRow, 'identifier' | 'selfService'> {
  const methods = getAt(node, ['ory.sh/kratos', 'credentials']);
  const isElsewhere =
    isJsonObject(methods) && Object.values(methods).some((method) => getAt(method, ['identifier']) === true);
  const isOwn = getAt(node, ['x-signet', 'identifier']) === true;
  const right = getAt(node, ['x-signet', 'selfService']);
  return {
    identifier: isElsewhere ? 'elsewhere' : isOwn ? 'yes' : 'no',
    selfService: RIGHTS.find((known) => known === right) ?? 'read',
  };
}

/** `["string", "null"]` is a string that may be empty. */
function typeName({ type }: JsonObject): Json | undefined {
  if (!Array.isArray(type)) return type;
  const names = type.filter((name) => name !== 'null');
  return names.length === 1 ? names[0] : undefined;
}

function leafType(node: JsonObject): FieldType | null {
  const name = typeName(node);
  if (name !== undefined) return FIELD_TYPES.find((type) => type === name) ?? null;
  const kinds = new Set(Array.isArray(node.enum) ? node.enum.map((value) => typeof value) : []);
  return kinds.size === 1 ? (FIELD_TYPES.find((type) => kinds.has(type as 'string')) ?? null) : null;
}

/** JavaScript lists keys that look like array indices first, whatever their place in the text. */
function canSwap(key: string, neighbor: string | undefined): boolean {
  return neighbor !== undefined && !isIndex(key) && !isIndex(neighbor);
}

function isIndex(key: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(key);
}
