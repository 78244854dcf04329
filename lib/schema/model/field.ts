import { getAt, isJsonObject, type Json, type JsonObject, pointerParts, toPointer } from '@/lib/platform/json';

/** `writeOnce`: the person may fill it in while it is empty. */
export type SelfService = 'write' | 'writeOnce' | 'read' | 'hidden';

/** A text in the schema's own language, and in others by language code, from `x-signet`. */
export type SchemaText = { text: string; others: Record<string, string> };

/** One of the values that a schema lists. `label` is null if only the value itself names it. */
export type FieldOption = { value: Json; label: SchemaText | null };

/** A leaf of the traits, or a list of leaves, for forms. */
export type SchemaField = {
  /** Keys below `traits`, such as `['name', 'academic-degree']`. */
  path: string[];
  /** JSON Pointer in the identity, such as `/traits/name/academic-degree`. */
  pointer: string;
  /** The titles of the objects that contain it, outermost first. */
  groups: SchemaText[];
  title: string;
  /** Titles in other languages, from `x-signet.titles`. */
  titles: Record<string, string>;
  description: SchemaText | null;
  /** Of each item, for a list. */
  type: 'string' | 'number' | 'integer' | 'boolean';
  isList: boolean;
  format: string | null;
  isRequired: boolean;
  isIdentifier: boolean;
  maxLength: number | null;
  /** The allowed values, if the schema lists them. */
  options: FieldOption[] | null;
  autocomplete: string | null;
  /** By default, the person may see it but not edit it. */
  selfService: SelfService;
};

const LEAF_TYPES = ['string', 'number', 'integer', 'boolean'] as const;
const SELF_SERVICE = ['write', 'writeOnce', 'hidden'] as const;
/** Of references that follow each other, such as one that refers to itself. */
const MAX_REFERENCES = 32;

/** By document, which is immutable. */
const known = new WeakMap<JsonObject, readonly SchemaField[]>();

/** The leaves and lists of leaves of a schema, in document order. A recursive object ends where it repeats. */
export function fieldsOf(document: JsonObject): readonly SchemaField[] {
  const fields = known.get(document) ?? readFields(document);
  known.set(document, fields);
  return fields;
}

function readFields(document: JsonObject): SchemaField[] {
  const traits = getAt(document, ['properties', 'traits']);
  const resolve = (node: JsonObject) => resolved(document, node);
  return isJsonObject(traits) ? walk(resolve(traits), { resolve, path: [], groups: [], parents: [] }) : [];
}

type Place = {
  resolve: (node: JsonObject) => JsonObject;
  path: string[];
  groups: SchemaText[];
  parents: Json[];
};

function walk(node: JsonObject, { resolve, path, groups, parents }: Place): SchemaField[] {
  const properties = isJsonObject(node.properties) ? node.properties : {};
  const required = Array.isArray(node.required) ? node.required : [];
  return Object.entries(properties).flatMap(([key, written]) => {
    if (!isJsonObject(written)) return [];
    const child = resolve(written);
    const at = [...path, key];
    if (isJsonObject(child.properties)) {
      if (parents.includes(child.properties)) return [];
      const title = textOf(child, 'title', 'titles');
      const inner = { path: at, groups: title ? [...groups, title] : groups, parents: [...parents, child.properties] };
      return walk(child, { resolve, ...inner });
    }
    const leaf = leafOf(child, resolve);
    if (!leaf) return [];
    const field = toField(child, leaf, { path: at, groups, isRequired: required.includes(key) });
    // An identifier is a string in its own place: who signs in with what must be plain to see.
    const isPlain = child === written && child.type === 'string';
    return field.isIdentifier && !isPlain ? [] : [field];
  });
}

/** The node with what its references within the document say; its own keywords win. */
function resolved(document: JsonObject, node: JsonObject): JsonObject {
  let whole = node;
  for (let at = 0; typeof whole.$ref === 'string' && at < MAX_REFERENCES; at++) {
    const { $ref, ...own } = whole;
    const target = getAt(document, partsOf($ref as string));
    whole = isJsonObject(target) ? { ...target, ...own } : own;
  }
  return whole;
}

function partsOf(reference: string): string[] {
  try {
    return pointerParts(decodeURIComponent(reference.slice(1)));
  } catch {
    return []; // refused when schemas are stored; the document itself has no type
  }
}

type Leaf = { node: JsonObject; type: SchemaField['type']; isList: boolean };

/** A simple value, or an array of simple values. */
function leafOf(node: JsonObject, resolve: Place['resolve']): Leaf | null {
  const isList = typeNameOf(node) === 'array';
  const item = isList ? (isJsonObject(node.items) ? resolve(node.items) : {}) : node;
  const named = LEAF_TYPES.find((candidate) => candidate === typeNameOf(item));
  const type = named ?? typeOfValues(listedValues(item));
  return type ? { node: item, type, isList } : null;
}

/** `["string", "null"]` is a string that may be empty. */
function typeNameOf({ type }: JsonObject): Json | undefined {
  if (!Array.isArray(type)) return type;
  const names = type.filter((name) => name !== 'null');
  return names.length === 1 ? names[0] : undefined;
}

function typeOfValues(values: FieldOption[] | null): SchemaField['type'] | null {
  const types = new Set(values?.map(({ value }) => typeof value));
  const [only] = types;
  return types.size === 1 && (only === 'string' || only === 'number' || only === 'boolean') ? only : null;
}

/** `enum`, or `oneOf` and `anyOf` with a `const` and a title each. */
function listedValues(node: JsonObject): FieldOption[] | null {
  if (Array.isArray(node.enum))
    return node.enum.filter((value) => value !== null).map((value) => ({ value, label: null }));
  const choices = [node.oneOf, node.anyOf].find(Array.isArray) ?? [];
  const options = choices.flatMap((choice): FieldOption[] =>
    isJsonObject(choice) && choice.const !== undefined
      ? [{ value: choice.const, label: textOf(choice, 'title', 'titles') }]
      : [],
  );
  return options.length > 0 && options.length === choices.length ? options : null;
}

function toField(
  whole: JsonObject,
  { node, type, isList }: Leaf,
  { path, groups, isRequired }: Pick<SchemaField, 'path' | 'groups' | 'isRequired'>,
): SchemaField {
  const note = noteOf(whole);
  const title = textOf({ title: path.at(-1) ?? '', ...whole }, 'title', 'titles');
  return {
    ...{ path, groups, type, isList, isRequired },
    pointer: toPointer(['traits', ...path]),
    title: title?.text ?? path.at(-1) ?? '',
    titles: title?.others ?? {},
    description: textOf(whole, 'description', 'descriptions'),
    format: typeof node.format === 'string' ? node.format : null,
    isIdentifier: note.identifier === true || isKratosIdentifier(whole),
    maxLength: typeof node.maxLength === 'number' ? node.maxLength : null,
    options: listedValues(node),
    autocomplete: typeof note.autocomplete === 'string' ? note.autocomplete : null,
    selfService: SELF_SERVICE.find((right) => right === note.selfService) ?? 'read',
  };
}

function noteOf({ 'x-signet': note }: JsonObject): JsonObject {
  return isJsonObject(note) ? note : {};
}

/** Null without a text of its own; other languages alone translate nothing. */
function textOf(node: JsonObject, keyword: 'title' | 'description', translations: string): SchemaText | null {
  const text = node[keyword];
  if (typeof text !== 'string' || text === '') return null;
  const others = noteOf(node)[translations];
  const known = isJsonObject(others) ? Object.entries(others) : [];
  return {
    text,
    others: Object.fromEntries(known.filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
  };
}

/** `"ory.sh/kratos": { "credentials": { "<method>": { "identifier": true } } }` */
function isKratosIdentifier(node: JsonObject): boolean {
  const credentials = getAt(node, ['ory.sh/kratos', 'credentials']);
  return (
    isJsonObject(credentials) && Object.values(credentials).some((method) => getAt(method, ['identifier']) === true)
  );
}

/**
 * Whether a person may edit it in the settings form while it has this value. Identifiers change only by their own,
 * verified flow.
 */
export function isSelfEditable({ selfService, isIdentifier }: SchemaField, value: Json | undefined): boolean {
  if (isIdentifier) return false;
  return selfService === 'write' || (selfService === 'writeOnce' && isEmpty(value));
}

export function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** In a language, else as the schema has it. */
export function inLanguage({ text, others }: SchemaText, locale: string): string {
  return others[locale] ?? text;
}
