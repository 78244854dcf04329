import type { z } from 'zod';
import { AppError, type Violation } from './errors';
import { toPointer } from './json';
import { findUnstorableText } from './text';

export type Checked<Output> = { ok: true; data: Output } | { ok: false; violations: [Violation, ...Violation[]] };

/** The parsed input if it is storable and matches the schema; otherwise every violation with its pointer. */
export function checkInput<Schema extends z.ZodType>(schema: Schema, value: unknown): Checked<z.output<Schema>> {
  const place = findUnstorableText(value);
  if (place) return { ok: false, violations: [{ pointer: toPointer(place), message: UNSTORABLE, keyword: 'pattern' }] };
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, data: parsed.data };
  const [first = { pointer: '', message: 'is not valid' }, ...more] = parsed.error.issues.flatMap(toViolations);
  return { ok: false, violations: [first, ...more] };
}

/** The parsed input. Refuses: `invalid_input` with the violations, and their messages as the reason. */
export function requireInput<Schema extends z.ZodType>(schema: Schema, value: z.input<Schema>): z.output<Schema> {
  const checked = checkInput(schema, value);
  if (checked.ok) return checked.data;
  throw invalidInput(checked.violations.map(({ message }) => message).join('; '), checked.violations);
}

/** The refusal `invalid_input` with its reason. */
export function invalidInput(reason: string, violations?: Violation[]): AppError {
  return new AppError('invalid_input', { reason, ...(violations && { violations }) });
}

const UNSTORABLE = 'contains NUL or an unpaired surrogate';

/** An unknown key is reported at its own pointer. */
function toViolations(issue: z.core.$ZodIssue): Violation[] {
  if (issue.code !== 'unrecognized_keys') return [{ pointer: toPointer(issue.path), message: issue.message }];
  return issue.keys.map((key) => ({ pointer: toPointer([...issue.path, key]), message: `unknown field "${key}"` }));
}
