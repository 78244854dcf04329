import { Ajv, type ErrorObject, type Format, type Options, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { RE2JS } from 're2js';
import { isAddress, normalizeAddress, withAsciiDomain } from '@/lib/platform/address';
import type { Violation } from '@/lib/platform/errors';
import { isJsonObject, type Json, type JsonObject, toPointer } from '@/lib/platform/json';
import { subschemasOf } from './model';

/**
 * The adapter of the JSON Schema library: draft 2020-12, and draft-07 where a document says so. A schema comes from outside,
 * and so do the traits; checking one against the other is bounded in time (docs/decisions/0009): patterns run in an engine
 * that takes time in proportion to the text, and every step is paid for out of a budget.
 */
const OPTIONS: Options = {
  ownProperties: true, // `constructor` is no property of a value that has none
  allErrors: true,
  strict: false,
  validateFormats: true,
  addUsedSchema: false,
  // Once, when it comes from outside: `schemaViolations`.
  validateSchema: false,
  // A reference that many places share is compiled once, not once for each of them.
  inlineRefs: false,
  logger: false,
  code: { regExp: Object.assign(boundedPattern, { code: 'boundedPattern' }) },
};

export type Validator = (value: unknown) => Violation[];

/** Compiles a document. Throws when it is no valid JSON Schema. */
export function compile(document: JsonObject): Validator {
  const validate = withinBudget((): ValidateFunction => engineFor(document).compile(withCosts(document)));
  if (!validate) throw new Error('The schema takes too long to compile');
  return (value) => {
    const outcome = withinBudget(() => validate(value));
    if (outcome === undefined) return [{ pointer: '', message: TOO_COSTLY, keyword: 'cost' }];
    return outcome ? [] : (validate.errors ?? []).slice(0, MAX_VIOLATIONS).map(toViolation);
  };
}

/** What is wrong with a document as a JSON Schema; pointers are from its root. */
export function schemaViolations(document: JsonObject): Violation[] {
  const engine = languageOf(document);
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

/** Why a pattern cannot be used, or null. */
export function patternFault(pattern: string): string | null {
  const size = sizeOfPattern(pattern);
  if (size === null) return 'the pattern is not valid in RE2, which has no lookaround and no backreferences';
  return size > MAX_PATTERN_LENGTH ? 'the pattern is too large; use fewer or smaller repetitions' : null;
}

/** Whether patterns are together more than is compiled in a moment; what comes after that is not looked at. */
export function areTooManyPatterns(patterns: Iterable<string>): boolean {
  let size = 0;
  for (const pattern of patterns) {
    size += sizeOfPattern(pattern) ?? 0;
    if (size > MAX_PATTERNS_LENGTH) return true;
  }
  return false;
}

/** In steps of the engine's program; null for what it does not know. */
function sizeOfPattern(pattern: string): number | null {
  try {
    return RE2JS.compile(RE2JS.translateRegExp(pattern)).programSize();
  } catch {
    return null;
  }
}

const TOO_COSTLY = 'takes too long to check against the schema';
const MAX_VIOLATIONS = 1000;

/** What knows the language that a schema is written in, kept because getting to know it takes longer than reading a schema. */
const languages = new Map<boolean, Ajv | Ajv2020>();

function languageOf(document: JsonObject): Ajv | Ajv2020 {
  const known = languages.get(isDraft7(document)) ?? engineFor(document);
  languages.set(isDraft7(document), known);
  return known;
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
 * `email` takes an international domain as it is typed, and is otherwise what the library takes it for; `idn-email` (JSON Schema
 * 2020-12 §7.3.2) takes other letters before the @, too.
 */
function internationalise(ajv: Ajv | Ajv2020): void {
  const { email } = ajv.formats;
  if (!(email instanceof RegExp)) throw new Error('ajv-formats has no expression for email');
  ajv.addFormat('email', (text: string) => email.test(withAsciiDomain(text)));
  ajv.addFormat('idn-email', (text: string) => isAddress(normalizeAddress(text)));
}

/** A step is about a tenth of a microsecond, so that a check ends within a second or two, whatever it is given. */
const BUDGET = 10_000_000;
const SCHEMA_COST = 5;
const ENTRY_COST = 50;
const MAX_PATTERN_LENGTH = 1000;
const MAX_PATTERNS_LENGTH = 20_000;
const MAX_FORMATTED_LENGTH = 4096;
const COST_KEYWORD = 'x-signet-cost';

/** One check runs at a time: it is not interrupted. */
let budget = BUDGET;

class OutOfBudgetError extends Error {}

function spend(cost: number): void {
  budget -= cost;
  if (budget < 0) throw new OutOfBudgetError();
}

/** Undefined when the budget does not suffice, or references lead in circles. */
function withinBudget<Result>(check: () => Result): Result | undefined {
  budget = BUDGET;
  try {
    return check();
  } catch (error) {
    if (error instanceof OutOfBudgetError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Puts its price on every schema of the document: one for the visit, more for long lists of values and names. */
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

/** The library keeps patterns by their text, so that each must have its own. */
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

/** The expressions behind formats take time that grows with the square of a text's length, so what is long is not of one. */
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

/** Their expressions are linear, and what is of them may be long. */
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

/** The same text for what is the same JSON value. */
function canonicalText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const entries = Object.keys(value).sort();
  return `{${entries.map((key) => `${JSON.stringify(key)}:${canonicalText(value[key] ?? null)}`).join(',')}}`;
}

/** Points at the property that is missing or too many, not at the object around it. */
function toViolation(error: ErrorObject): Violation {
  const { keyword, instancePath, params, message = 'does not match the schema' } = error;
  const property: unknown = keyword === 'required' ? params.missingProperty : params.additionalProperty;
  const pointer = typeof property === 'string' ? `${instancePath}${toPointer([property])}` : instancePath;
  const words = keyword === 'additionalProperties' ? `additionalProperties "${String(property)}" not allowed` : message;
  return { pointer, message: words, keyword, params };
}
