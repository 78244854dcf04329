import { z } from 'zod';

const text = z.string().max(100_000);

/** Fields of a form that is made from a schema. */
export const postedFields = z.record(z.string().max(1000), z.union([text, z.array(text).max(1000)]));

/**
 * The fields of a form as an object; a repeated field is a list. Files and React's own fields are left out. An action
 * called by hand may get any value instead of a form: it has no fields.
 */
export function fieldsOf(form: unknown): Record<string, string | string[]> {
  if (!(form instanceof FormData)) return {};
  const names = new Set([...form.keys()].filter((name) => !name.startsWith('$ACTION')));
  return Object.fromEntries(
    [...names].map((name) => {
      const values = form.getAll(name).filter((value) => typeof value === 'string');
      return [name, values.length > 1 ? values : (values[0] ?? '')];
    }),
  );
}

/** One text field; empty when absent. */
export function textOf(form: unknown, name: string): string {
  const value = form instanceof FormData ? form.get(name) : null;
  return typeof value === 'string' ? value : '';
}
