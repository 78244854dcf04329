import { BoundedCache } from '@/lib/platform/bounded-cache';
import { AppError, type Violation } from '@/lib/platform/errors';
import type { JsonObject } from '@/lib/platform/json';
import { processWide } from '@/lib/platform/process-wide';
import { truncateText } from '@/lib/platform/text';
import { compile, type Validator } from '../json-schema';
import type { IdentitySchema } from '../model';
import { textViolations } from './texts';

/**
 * Violations in the traits; pointers are from the identity's root (`/traits/…`). The schema applies to all traits, the
 * rules for texts only to those that differ from `before`: values accepted by an older version stay valid.
 */
export function traitViolations(schema: IdentitySchema, traits: JsonObject, before?: JsonObject): Violation[] {
  const found = validatorOf(schema)({ traits });
  const reported = new Set(found.map(({ pointer }) => pointer));
  return [...found, ...textViolations(schema, traits, before).filter(({ pointer }) => !reported.has(pointer))];
}

/** Refuses: `invalid_traits`, with every violation. `before`: the traits that these replace. */
export function validateTraits(schema: IdentitySchema, traits: JsonObject, before?: JsonObject): void {
  const violations = traitViolations(schema, traits, before);
  if (violations.length === 0) return;
  const reason = violations.map(({ pointer, message }) => `${pointer}: ${message}`).join('; ');
  throw new AppError('invalid_traits', { reason: truncateText(reason, 2000), violations: violations.slice(0, 100) });
}

/** By version ID: versions are immutable. */
const validators = processWide('schema.validators', () => new BoundedCache<Validator>(200));

function validatorOf(schema: IdentitySchema): Validator {
  const known = validators.get(schema.id);
  if (known) return known;
  const validator = compile(schema.document);
  validators.set(schema.id, validator);
  return validator;
}
