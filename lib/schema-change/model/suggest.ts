import { getAt, isJsonObject, type Json, type JsonObject } from '@/lib/platform/json';
import type { Conversion } from './convert';
import type { Reason, ValueType } from './reason';
import { isTraitPointer, pathOf, type Repair } from './repair';

/** Repairs that solve one reason together, applied in this order. */
export type Suggestion = Repair[];

/**
 * What could be done about a reason, the least destructive first; leaving the identities on their version is always
 * possible, and last.
 */
export function suggestionsFor(
  reason: Reason,
  { before, after, others }: { before: JsonObject; after: JsonObject; others: readonly Reason[] },
): Suggestion[] {
  const { pointer, keyword } = reason;
  const leave: Suggestion = [{ op: 'leave', pointer, keyword }];
  // The traits as a whole are no trait: `minProperties` does not say which one to change.
  if (!isTraitPointer(pointer)) return [leave];
  const own = SUGGESTIONS[keyword]?.(reason, { before, after, others }) ?? generalSuggestions(reason, after);
  return [...own, leave];
}

type Context = { before: JsonObject; after: JsonObject; others: readonly Reason[] };

const SUGGESTIONS: Record<string, (reason: Reason, context: Context) => Suggestion[]> = {
  required({ pointer }, { after, others }) {
    // A trait was renamed: one is missing, another is not allowed any more.
    const moves = others
      .filter(({ keyword }) => keyword === 'additionalProperties')
      .map(({ pointer: from }): Suggestion => [{ op: 'move', from, pointer }]);
    return [...moves, [{ op: 'replace', pointer, keyword: 'required', value: defaultOf(schemaAt(after, pointer)) }]];
  },
  additionalProperties({ pointer }, { before, after }) {
    const removal: Suggestion = [{ op: 'remove', pointer, keyword: 'additionalProperties' }];
    const type = schemaAt(before, pointer)?.type;
    const moves = newPointers(before, after)
      .filter((target) => schemaAt(after, target)?.type === type)
      .map((target): Suggestion => [{ op: 'move', from: pointer, pointer: target }]);
    return [...moves, removal];
  },
  type(reason, { after }) {
    const { pointer, params, found } = reason;
    const wanted = [params.type].flat().filter((type): type is string => typeof type === 'string');
    const conversions = new Set(wanted.flatMap((type) => found.flatMap((from) => conversionsOf(from, type))));
    return [
      ...[...conversions].map((to): Suggestion => [{ op: 'convert', pointer, to }]),
      ...generalSuggestions(reason, after),
    ];
  },
  format(reason, { after }) {
    const { pointer, params, found } = reason;
    const isDate = params.format === 'date' && found.includes('text');
    const conversion: Suggestion[] = isDate ? [[{ op: 'convert', pointer, to: 'date' }]] : [];
    return [...conversion, ...generalSuggestions(reason, after)];
  },
  identifier_taken: () => [],
  identifier: () => [],
};

/** The refused value goes, or is replaced where the schema requires one. */
function generalSuggestions({ pointer, keyword }: Reason, after: JsonObject): Suggestion[] {
  if (!isRequired(after, pointer)) return [[{ op: 'remove', pointer, keyword }]];
  return [[{ op: 'replace', pointer, keyword, value: defaultOf(schemaAt(after, pointer)) }]];
}

function conversionsOf(from: ValueType, type: string): Conversion[] {
  if (type === 'array') return from === 'list' || from === 'null' ? [] : ['list'];
  if (from === 'list') return type === 'string' ? ['first', 'joined'] : ['first'];
  if (type === 'string') return from === 'number' || from === 'boolean' ? ['text'] : [];
  if (from !== 'text' && from !== 'number') return [];
  return type === 'number' || type === 'integer' || type === 'boolean' ? [type] : [];
}

/** The schema's own default, a listed value, or the empty value of its type. */
function defaultOf(schema: JsonObject | null): Json {
  if (!schema) return '';
  if (schema.default !== undefined) return schema.default;
  if (Array.isArray(schema.enum)) return schema.enum[0] ?? null;
  if (schema.const !== undefined) return schema.const;
  const [type] = [schema.type].flat();
  const empty: Record<string, Json> = { number: 0, integer: 0, boolean: false, array: [], object: {} };
  return empty[String(type)] ?? '';
}

/** The schema of a trait, by its properties and items; null where it is written in another way. */
function schemaAt(document: JsonObject, pointer: string): JsonObject | null {
  let current = getAt(document, ['properties', 'traits']);
  for (const part of pathOf(pointer))
    current = part === '*' ? getAt(current, ['items']) : getAt(current, ['properties', part]);
  return isJsonObject(current) ? current : null;
}

function isRequired(document: JsonObject, pointer: string): boolean {
  const path = pathOf(pointer);
  let parent = getAt(document, ['properties', 'traits']);
  for (const part of path.slice(0, -1)) parent = getAt(parent, ['properties', part]);
  const required = getAt(parent, ['required']);
  return Array.isArray(required) && required.includes(path.at(-1) ?? '');
}

/** Traits that only the draft has. */
function newPointers(before: JsonObject, after: JsonObject): string[] {
  const known = new Set(pointersOf(getAt(before, ['properties', 'traits']), '/traits'));
  return pointersOf(getAt(after, ['properties', 'traits']), '/traits').filter((pointer) => !known.has(pointer));
}

function pointersOf(schema: Json | undefined, place: string): string[] {
  const properties = getAt(schema, ['properties']);
  if (!isJsonObject(properties)) return [];
  return Object.entries(properties).flatMap(([key, child]) => {
    const at = `${place}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const inner = pointersOf(child, at);
    return inner.length > 0 ? inner : [at];
  });
}
