import type { Violation } from '@/lib/platform/errors';
import type { Json } from '@/lib/platform/json';
import type { SchemaField } from '@/lib/schema/model';

/**
 * The settings form as text, the way it crosses the wire with and without JavaScript: for each field, by its pointer, what
 * it showed when the page was made (`base`) and what stands in it (`value`).
 */
export type FormField = Pick<
  SchemaField,
  'pointer' | 'type' | 'format' | 'maxLength' | 'isRequired' | 'autocomplete'
> & {
  label: string;
  /** Shown, not changed. */
  isReadOnly: boolean;
  /** The allowed values as text, or null. */
  options: string[] | null;
};

export type FormConflict = { pointer: string; mine: string; theirs: string };

export type TraitsFormState = {
  outcome: 'untouched' | 'saved' | 'refused' | 'resolved';
  values: Record<string, string>;
  base: Record<string, string>;
  conflicts: FormConflict[];
  violations: Violation[];
};

export const VALUE = 'value:';
export const BASE = 'base:';
export const THEIRS = 'theirs:';
/** A submit button's name; its value is `mine:<pointer>` or `theirs:<pointer>`. */
export const RESOLVE = 'resolve';

export function toText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What a field's text means; nothing at all for an empty one. What cannot be read stays text, for the schema to refuse. */
export function toJson(field: Pick<FormField, 'type'>, text: string): Json {
  if (text === '') return null;
  if (field.type === 'number' || field.type === 'integer') return Number.isFinite(Number(text)) ? Number(text) : text;
  if (field.type === 'boolean') return text === 'true';
  return text;
}

/** One side of a conflict is chosen: from now on the form stands on what is there, so that saving overwrites knowingly. */
export function resolveConflict(state: TraitsFormState, choice: 'mine' | 'theirs', pointer: string): TraitsFormState {
  const conflict = state.conflicts.find((candidate) => candidate.pointer === pointer);
  if (!conflict) return state;
  return {
    ...state,
    outcome: 'resolved',
    values: { ...state.values, [pointer]: choice === 'mine' ? conflict.mine : conflict.theirs },
    base: { ...state.base, [pointer]: conflict.theirs },
    conflicts: state.conflicts.filter((other) => other !== conflict),
  };
}

/** Reads the form as it was posted. */
export function readTraitsForm(posted: Record<string, string>): TraitsFormState & { resolve: string | null } {
  const named = (prefix: string) =>
    Object.fromEntries(
      Object.entries(posted)
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, value]) => [name.slice(prefix.length), value]),
    );
  const values = named(VALUE);
  const conflicts = Object.entries(named(THEIRS)).map(([pointer, theirs]) => ({
    pointer,
    mine: values[pointer] ?? '',
    theirs,
  }));
  return {
    outcome: 'untouched',
    values,
    base: named(BASE),
    conflicts,
    violations: [],
    resolve: posted[RESOLVE] ?? null,
  };
}
