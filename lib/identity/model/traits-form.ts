import type { Locale } from '@/lib/i18n/model';
import { type EditState, type FieldEdit, resolveConflict, type Side } from '@/lib/platform/edit';
import type { ErrorDetails, Violation } from '@/lib/platform/errors';
import type { Json } from '@/lib/platform/json';
import { fieldTitle, inLanguage, isSelfEditable, type SchemaField } from '@/lib/schema/model';

/**
 * The settings form as text, as posted with or without JavaScript: for each field, by pointer, its value when the page
 * was rendered (`base`) and its current value (`mine`).
 */
export type FormField = Pick<
  SchemaField,
  'pointer' | 'isList' | 'format' | 'maxLength' | 'isRequired' | 'autocomplete'
> & {
  /** `json`: any value, serialized. */
  type: SchemaField['type'] | 'json';
  label: string;
  help: string | null;
  /** The titles of the groups that it belongs to, outermost first. */
  groups: string[];
  /** Shown but not editable. */
  isReadOnly: boolean;
  /** The whole form is read-only, and says so once. */
  isOfViewer?: boolean;
  /** The person may fill it in, but not change it afterwards. */
  isOnce: boolean;
  /** The allowed values, or null. */
  options: Array<{ value: string; label: string }> | null;
};

/** A field with its value's serialization. */
type Typed = Pick<FormField, 'type'> & { isList?: boolean };

/** `value`: what is stored, which decides whether a field that is written once is still open. */
export function toFormField(field: SchemaField, locale: Locale, value?: Json): FormField {
  const { pointer, type, isList, format, maxLength, isRequired, autocomplete, options } = field;
  return {
    ...{ pointer, type, isList, format, maxLength, isRequired, autocomplete },
    label: fieldTitle(field, locale),
    help: field.description && inLanguage(field.description, locale),
    groups: field.groups.map((group) => inLanguage(group, locale)),
    isReadOnly: !isSelfEditable(field, value),
    isOnce: field.selfService === 'writeOnce',
    options:
      options?.map(({ value: option, label }) => ({
        value: toText(option),
        label: label ? inLanguage(label, locale) : toText(option),
      })) ?? null,
  };
}

/** An edit by pointer. */
export type TraitsFormState = EditState<string> & {
  outcome: 'untouched' | 'saved' | 'refused' | 'resolved';
  violations: Violation[];
  /** The event of the last save, for its undo; null if nothing changed, or it cannot be undone. */
  undo?: string | null;
};

export const VALUE = 'value:';
export const BASE = 'base:';
export const THEIRS = 'theirs:';
/** Posted for conflicts with the person's own changes. */
export const OWN = 'own:';
/** A submit button's name; its value is `mine:<pointer>` or `theirs:<pointer>`. */
export const RESOLVE = 'resolve';

export function untouched(values: Record<string, string>): TraitsFormState {
  return { outcome: 'untouched', mine: values, base: values, conflicts: [], unresolved: 0, violations: [] };
}

export function toText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Like `toText`, in the field's own format: a list has one item per line. */
export function fieldText({ type, isList }: Typed, value: Json | undefined): string {
  if (isList && Array.isArray(value)) return value.map(toText).join('\n');
  if (type !== 'json' || value === undefined || value === null) return toText(value);
  return JSON.stringify(value, null, 2);
}

/** Parses a field's text; null if empty. Unparsable text stays text, for the schema to refuse. */
export function toJson({ isList, ...field }: Typed, text: string): Json {
  if (text === '') return null;
  if (isList) {
    const items = text.split('\n').map((line) => line.trim());
    return items.filter((line) => line !== '').map((line) => toJson(field, line));
  }
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
  fields: readonly (Typed & { pointer: string })[],
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
export function savedForm(fields: readonly (Typed & { pointer: string })[], edits: FieldEdit[]): TraitsFormState {
  const values = edits.map(({ pointer, mine }): [string, string] => [pointer, textAt(fields, pointer, mine)]);
  return { ...untouched(Object.fromEntries(values)), outcome: 'saved' };
}

/** The form with the violations or conflicts that prevented saving. */
export function refusedForm(
  fields: readonly (Typed & { pointer: string })[],
  form: TraitsFormState,
  { conflicts = [], violations = [] }: Pick<ErrorDetails, 'conflicts' | 'violations'>,
  /** Whether the same person last changed the field. */
  isOwn: (pointer: string) => boolean | undefined = () => undefined,
): TraitsFormState {
  const isKnown = conflicts.some(({ pointer }) => form.conflicts.some(({ field }) => field === pointer));
  return {
    ...form,
    outcome: 'refused',
    violations,
    conflicts: conflicts.map(({ pointer, theirs }) => ({
      field: pointer,
      theirs: textAt(fields, pointer, theirs),
      isOwn: isOwn(pointer),
    })),
    unresolved: isKnown ? form.unresolved + 1 : 0,
  };
}

function textAt(fields: readonly (Typed & { pointer: string })[], pointer: string, value: Json): string {
  const field = fields.find((candidate) => candidate.pointer === pointer);
  return fieldText(field ?? { type: 'string' }, value);
}

/** The form after a save was tried before every conflict was resolved. */
export function unresolvedForm(form: TraitsFormState): TraitsFormState {
  return { ...form, outcome: 'refused', violations: [], unresolved: form.unresolved + 1 };
}

/** Resolves a conflict: the stored value becomes the base, so that saving overwrites it knowingly. */
export function resolveTraits(state: TraitsFormState, field: string, side: Side): TraitsFormState {
  return { ...resolveConflict<string, TraitsFormState>(state, field, side), outcome: 'resolved' };
}

/** Parses the posted form. Checkboxes post one value each, after an empty one. */
export function readTraitsForm(
  posted: Record<string, string | string[]>,
): TraitsFormState & { resolve: string | null } {
  const named = (prefix: string) =>
    Object.fromEntries(
      Object.entries(posted)
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, value]) => [name.slice(prefix.length), onLines(value)]),
    );
  return {
    outcome: 'untouched',
    mine: named(VALUE),
    base: named(BASE),
    conflicts: Object.entries(named(THEIRS)).map(([field, theirs]) => ({
      field,
      theirs,
      isOwn: posted[OWN + field] === undefined ? undefined : posted[OWN + field] === 'true',
    })),
    unresolved: 0,
    violations: [],
    resolve: posted[RESOLVE] === undefined ? null : onLines(posted[RESOLVE]),
  };
}

/** Browsers post line breaks as CR LF (HTML, form submission). */
function onLines(value: string | string[]): string {
  const text = Array.isArray(value) ? value.filter((one) => one !== '').join('\n') : value;
  return text.replaceAll('\r\n', '\n');
}
