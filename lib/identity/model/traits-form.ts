import type { Locale } from '@/lib/i18n/model';
import { type EditState, type FieldEdit, resolveConflict, type Side } from '@/lib/platform/edit';
import type { ErrorDetails, Violation } from '@/lib/platform/errors';
import type { Json } from '@/lib/platform/json';
import { fieldTitle, isSelfEditable, type SchemaField } from '@/lib/schema/model';

/**
 * The settings form as text, as posted with or without JavaScript: for each field, by pointer, its value when the page
 * was rendered (`base`) and its current value (`mine`).
 */
export type FormField = Pick<SchemaField, 'pointer' | 'format' | 'maxLength' | 'isRequired' | 'autocomplete'> & {
  /** `json`: any value, serialized. */
  type: SchemaField['type'] | 'json';
  label: string;
  /** Shown but not editable. */
  isReadOnly: boolean;
  /** The allowed values as text, or null. */
  options: string[] | null;
};

export function toFormField(field: SchemaField, locale: Locale): FormField {
  const { pointer, type, format, maxLength, isRequired, autocomplete, options } = field;
  return {
    ...{ pointer, type, format, maxLength, isRequired, autocomplete },
    label: fieldTitle(field, locale),
    isReadOnly: !isSelfEditable(field),
    options: options?.map(toText) ?? null,
  };
}

/** An edit by pointer. */
export type TraitsFormState = EditState<string> & {
  outcome: 'untouched' | 'saved' | 'refused' | 'resolved';
  violations: Violation[];
};

export const VALUE = 'value:';
export const BASE = 'base:';
export const THEIRS = 'theirs:';
/** A submit button's name; its value is `mine:<pointer>` or `theirs:<pointer>`. */
export const RESOLVE = 'resolve';

export function untouched(values: Record<string, string>): TraitsFormState {
  return { outcome: 'untouched', mine: values, base: values, conflicts: [], violations: [] };
}

export function toText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Like `toText`, in the field's own format. */
export function fieldText({ type }: Pick<FormField, 'type'>, value: Json | undefined): string {
  if (type !== 'json' || value === undefined || value === null) return toText(value);
  return JSON.stringify(value, null, 2);
}

/** Parses a field's text; undefined if empty. Unparsable text stays text, for the schema to refuse. */
export function toJson(field: Pick<FormField, 'type'>, text: string): Json {
  if (text === '') return null;
  if (field.type === 'number' || field.type === 'integer') return Number.isFinite(Number(text)) ? Number(text) : text;
  if (field.type === 'boolean') return text === 'true';
  if (field.type === 'json') return readJson(text) ?? text;
  return text;
}

function readJson(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The edits of the fields in the form. Surrounding spaces are trimmed from typed values; untouched values stay exactly
 * as they were.
 */
export function toEdits(
  fields: readonly Pick<FormField, 'pointer' | 'type'>[],
  { mine: values, base: bases }: Pick<TraitsFormState, 'mine' | 'base'>,
): FieldEdit[] {
  return fields.flatMap((field) => {
    const { pointer } = field;
    const value = values[pointer];
    const base = bases[pointer] ?? '';
    if (value === undefined) return [];
    return [{ pointer, base: toJson(field, base), mine: toJson(field, value === base ? value : value.trim()) }];
  });
}

/** The form after saving: the saved values become its base. */
export function savedForm(fields: readonly Pick<FormField, 'pointer' | 'type'>[], edits: FieldEdit[]): TraitsFormState {
  const values = edits.map(({ pointer, mine }): [string, string] => {
    const type = fields.find((field) => field.pointer === pointer)?.type ?? 'string';
    return [pointer, fieldText({ type }, mine)];
  });
  return { ...untouched(Object.fromEntries(values)), outcome: 'saved' };
}

/** The form with the violations or conflicts that prevented saving. */
export function refusedForm(
  fields: readonly Pick<FormField, 'pointer' | 'type'>[],
  form: TraitsFormState,
  { conflicts = [], violations = [] }: Pick<ErrorDetails, 'conflicts' | 'violations'>,
): TraitsFormState {
  return {
    ...form,
    outcome: 'refused',
    violations,
    conflicts: conflicts.map(({ pointer, theirs }) => {
      const type = fields.find((field) => field.pointer === pointer)?.type ?? 'string';
      return { field: pointer, theirs: fieldText({ type }, theirs) };
    }),
  };
}

/** Resolves a conflict: the stored value becomes the base, so that saving overwrites it knowingly. */
export function resolveTraits(state: TraitsFormState, field: string, side: Side): TraitsFormState {
  return { ...resolveConflict<string, TraitsFormState>(state, field, side), outcome: 'resolved' };
}

/** Parses the posted form. */
export function readTraitsForm(posted: Record<string, string>): TraitsFormState & { resolve: string | null } {
  const named = (prefix: string) =>
    Object.fromEntries(
      Object.entries(posted)
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, value]) => [name.slice(prefix.length), value]),
    );
  return {
    outcome: 'untouched',
    mine: named(VALUE),
    base: named(BASE),
    conflicts: Object.entries(named(THEIRS)).map(([field, theirs]) => ({ field, theirs })),
    violations: [],
    resolve: posted[RESOLVE] ?? null,
  };
}
