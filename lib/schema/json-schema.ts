import { Ajv, type ErrorObject, type Options, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Violation } from '@/lib/platform/errors';
import { type JsonObject, toPointer } from '@/lib/platform/json';

/** The adapter of the JSON Schema library: draft 2020-12, and draft-07 where a document says so. */
const OPTIONS: Options = { allErrors: true, strict: false, validateFormats: true, addUsedSchema: false };

export type Validator = (value: unknown) => Violation[];

/** Compiles a document. Throws when it is no valid JSON Schema. */
export function compile(document: JsonObject): Validator {
  const isDraft7 = typeof document.$schema === 'string' && document.$schema.includes('draft-07');
  const ajv = isDraft7 ? new Ajv(OPTIONS) : new Ajv2020(OPTIONS);
  addFormats.default(ajv);
  const validate: ValidateFunction = ajv.compile(document);
  return (value) => (validate(value) ? [] : (validate.errors ?? []).map(toViolation));
}

/** Points at the property that is missing or too many, not at the object around it. */
function toViolation(error: ErrorObject): Violation {
  const { keyword, instancePath, params, message = 'does not match the schema' } = error;
  const property: unknown = keyword === 'required' ? params.missingProperty : params.additionalProperty;
  const pointer = typeof property === 'string' ? `${instancePath}${toPointer([property])}` : instancePath;
  const words = keyword === 'additionalProperties' ? `additionalProperties "${String(property)}" not allowed` : message;
  return { pointer, message: words, keyword, params };
}
