import { Ajv, type ErrorObject, type Format, type Options, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { RE2JS } from 're2js';
import { isAddress, normalizeAddress, withAsciiDomain } from '@/lib/platform/address';
import type { Violation } from '@/lib/platform/errors';
import { isJsonObject, type Json, type JsonObject, toPointer } from '@/lib/platform/json';
import { subschemasOf } from './model';

/**
 * The adapter of the JSON Schema library: draft 2020-12, and draft-07 if the document declares it. Schemas and traits
 * are untrusted, so validation time is bounded (docs/decisions/0009): patterns run in a linear-time engine, and every
 * step is charged to a budget.
 */
const OPTIONS: Options = {
  ownProperties: true, // an inherited `constructor` is not a property
  allErrors: true,
  strict: false,
  validateFormats: true,
  addUsedSchema: false,
  // Validated once, on input: `schemaViolations`.
  validateSchema: false,
  // A shared reference is compiled once, not once per use.
  inlineRefs: false,
  logger: false,
  code: { regExp: Object.assign(boundedPattern, { code: 'boundedPattern' }) },
};

export type Validator = (value: unknown) => Violation[];

/** Compiles a document. Throws for an invalid JSON Schema. */
export function compile(document: JsonObject): Validator {
  const validate = withinBudget((): ValidateFunction => engineFor(document).compile(withCosts(document)));
  if (!validate) throw new Error('The schema takes too long to compile');
  return (value) => {
    const outcome = withinBudget(() => validate(value));
    if (outcome === undefined) return [{ pointer: '', message: TOO_COSTLY, keyword: 'cost' }];
    return outcome ? [] : (validate.errors ?? []).slice(0, MAX_VIOLATIONS).map(toViolation);
  };
}

/** Faults of a document as a JSON Schema; pointers are from its root. */
export function schemaViolations(document: JsonObject): Violation[] {
  const engine = cachedEngineFor(document);
  const isSchema = withinBudget(() => engine.validateSchema(document));
  if (isSchema === undefined) return [{ pointer: '', message: TOO_COSTLY }];
  if (!isSchema) return (engine.errors ?? []).slice(0, MAX_VIOLATIONS).map(toViolation);
  try {
    compile(document);
    return [];
  } catch (error) {
    return [{ pointer: '', message: error instanceof Error ? error.message : 'is not a valid JSON Schema' }];
  }
}

/** The fault of a pattern, or null. */
export function patternFault(pattern: string): string | null {
  const size = sizeOfPattern(pattern);
  if (size === null) return 'the pattern is not valid in RE2, which has no lookaround and no backreferences';
  return size > MAX_PATTERN_LENGTH ? 'the pattern is too large; use fewer or smaller repetitions' : null;
}

/** Whether patterns together exceed what compiles quickly; those after the limit are not read. */
export function areTooManyPatterns(patterns: Iterable<string>): boolean {
  let size = 0;
  for (const pattern of patterns) {
    size += sizeOfPattern(pattern) ?? 0;
    if (size > MAX_PATTERNS_LENGTH) return true;
  }
  return false;
}

/** In instructions of the engine's program; null for a pattern it rejects. */
function sizeOfPattern(pattern: string): number | null {
  try {
    return RE2JS.compile(RE2JS.translateRegExp(pattern)).programSize();
  } catch {
    return null;
  }
}

const TOO_COSTLY = 'takes too long to check against the schema';
const MAX_VIOLATIONS = 1000;

/** Engines by draft, cached because creating one takes longer than reading a schema. */
const cachedEngines = new Map<boolean, Ajv | Ajv2020>();

function cachedEngineFor(document: JsonObject): Ajv | Ajv2020 {
  const engine = cachedEngines.get(isDraft7(document)) ?? engineFor(document);
  cachedEngines.set(isDraft7(document), engine);
  return engine;
}

function isDraft7({ $schema }: JsonObject): boolean {
  return typeof $schema === 'string' && $schema.includes('draft-07');
}

function engineFor(document: JsonObject): Ajv | Ajv2020 {
  const ajv = isDraft7(document) ? new Ajv(OPTIONS) : new Ajv2020(OPTIONS);
  addFormats.default(ajv);
  internationalise(ajv);
  for (const [name, format] of Object.entries(ajv.formats)) {
    const cautious = UNBOUNDED_FORMATS.has(name) ? null : bounded(format);
    if (cautious) ajv.addFormat(name, cautious);
  }
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    error: { message: 'must NOT have duplicate items' },
    validate: (isAsked: boolean, items: Json[]) => !isAsked || areUnique(items),
  });
  ajv.addKeyword({
    keyword: COST_KEYWORD,
    schemaType: 'number',
    errors: false,
    validate: (cost: number, data: unknown) => {
      spend(cost + ENTRY_COST * sizeOf(data));
      return true;
    },
  });
  return ajv;
}

/**
 * `email` accepts an international domain as typed, otherwise what the library accepts; `idn-email` (JSON Schema
 * 2020-12 §7.3.2) also accepts other letters before the @.
 */
function internationalise(ajv: Ajv | Ajv2020): void {
  const { email } = ajv.formats;
  if (!(email instanceof RegExp)) throw new Error('ajv-formats has no expression for email');
  ajv.addFormat('email', (text: string) => email.test(withAsciiDomain(text)));
  ajv.addFormat('idn-email', (text: string) => isAddress(normalizeAddress(text)));
}

/** A step takes about 0.1 µs, so that any check ends within a second or two. */
const BUDGET = 10_000_000;
const SCHEMA_COST = 5;
const ENTRY_COST = 50;
const MAX_PATTERN_LENGTH = 1000;
const MAX_PATTERNS_LENGTH = 20_000;
const MAX_FORMATTED_LENGTH = 4096;
const COST_KEYWORD = 'x-signet-cost';

/** Module state is safe: a check is synchronous, so only one runs at a time. */
let budget = BUDGET;

class OutOfBudgetError extends Error {}

function spend(cost: number): void {
  budget -= cost;
  if (budget < 0) throw new OutOfBudgetError();
}

/** Undefined if the budget runs out or references form a cycle. */
function withinBudget<Result>(check: () => Result): Result | undefined {
  budget = BUDGET;
  try {
    return check();
  } catch (error) {
    if (error instanceof OutOfBudgetError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Adds a cost to every subschema: one for the visit, more for long lists of values and names. */
function withCosts(document: JsonObject): JsonObject {
  const copy = structuredClone(document);
  for (const { schema } of subschemasOf(copy)) {
    const lists = [schema.enum, schema.const, schema.required, schema.properties && Object.keys(schema.properties)];
    const length = lists.reduce<number>((sum, list) => sum + (list ? JSON.stringify(list).length : 0), 0);
    schema[COST_KEYWORD] = SCHEMA_COST + Math.ceil(length / 10);
  }
  return copy;
}

function sizeOf(data: unknown): number {
  if (Array.isArray(data)) return data.length;
  return isJsonObject(data) ? Object.keys(data).length : 0;
}

/** The library caches patterns by their text, so each needs a unique text. */
function boundedPattern(source: string): { test: (text: string) => boolean; toString: () => string } {
  const pattern = RE2JS.compile(RE2JS.translateRegExp(source));
  const size = pattern.programSize();
  return {
    test: (text) => {
      spend(size * (text.length + 1));
      return pattern.test(text);
    },
    toString: () => source,
  };
}

/** The expressions of formats take quadratic time, so long texts match no format. */
function bounded(format: Ajv['formats'][string]): Format | null {
  if (format === undefined || typeof format === 'boolean') return null;
  const validate = typeof format === 'object' && 'validate' in format ? format.validate : format;
  const isNumeric = typeof format === 'object' && 'type' in format && format.type === 'number';
  if (isNumeric) return null;
  const isOfFormat = validate instanceof RegExp ? (text: string) => validate.test(text) : validate;
  if (typeof isOfFormat !== 'function') return null;
  const check = isOfFormat as (text: string) => boolean;
  return (text: string) => {
    if (text.length > MAX_FORMATTED_LENGTH) return false;
    spend(text.length + (text.length * text.length) / 16);
    return check(text);
  };
}

/** Their expressions are linear, and valid values may be long. */
const UNBOUNDED_FORMATS = new Set(['binary', 'byte', 'password']);

function areUnique(items: Json[]): boolean {
  const seen = new Set<string>();
  for (const item of items) {
    const text = canonicalText(item);
    spend(text.length);
    if (seen.has(text)) return false;
    seen.add(text);
  }
  return true;
}

/** A canonical text: equal JSON values have equal texts. */
function canonicalText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const entries = Object.keys(value).sort();
  return `{${entries.map((key) => `${JSON.stringify(key)}:${canonicalText(value[key] ?? null)}`).join(',')}}`;
}

/** Points at the missing or additional property, not at its object. */
function toViolation(error: ErrorObject): Violation {
  const { keyword, instancePath, params, message = 'does not match the schema' } = error;
  const property: unknown = keyword === 'required' ? params.missingProperty : params.additionalProperty;
  const pointer = typeof property === 'string' ? `${instancePath}${toPointer([property])}` : instancePath;
  const words = keyword === 'additionalProperties' ? `additionalProperties "${String(property)}" not allowed` : message;
  return { pointer, message: words, keyword, params };
}
