import { AppError, type Violation } from '@/lib/platform/errors';
import { depthOf, getAt, isJsonObject, type JsonObject, pointerParts, toPointer } from '@/lib/platform/json';
import { nameFault } from '@/lib/platform/text';
import { areTooManyPatterns, patternFault, schemaViolations } from '../json-schema';
import { fieldsOf, type Subschema, subschemasOf } from '../model';

/** Far more than identities need, and small enough to compile and send quickly. */
const MAX_SCHEMA_BYTES = 64 * 1024;
const MAX_SCHEMA_DEPTH = 32;
const MAX_PROPERTIES = 500;
const MAX_SUBSCHEMAS = 1000;

const DRAFTS = /^https?:\/\/json-schema\.org\/(draft-07|draft\/2020-12)\/schema#?$/;
/** Keywords that refer outside this document or change the meaning of references. */
const UNSUPPORTED =
  'id $anchor $dynamicRef $dynamicAnchor $recursiveRef $recursiveAnchor $vocabulary $async $data'.split(' ');

/** Refuses a document that is not an identity schema or exceeds the limits: `invalid_input`, with every fault. */
export function validateDocument(document: JsonObject): void {
  const violations = documentViolations(document).map((fault) => ({ ...fault, pointer: `/schema${fault.pointer}` }));
  const [first] = violations;
  if (!first) return;
  throw new AppError('invalid_input', {
    reason: `${first.pointer}: ${first.message}`,
    violations: violations.slice(0, 100),
  });
}

/** All faults, with pointers from the document's root. From cheap to costly: an oversized document is not examined further. */
export function documentViolations(document: JsonObject): Violation[] {
  const size = sizeViolations(document);
  if (size.length > 0) return size;
  const all = subschemasOf(document);
  const amount = amountViolations(all);
  if (amount.length > 0) return amount;
  const own = [...draftViolations(document), ...all.flatMap((place) => placeViolations(place, document, all))];
  return own.length > 0
    ? own
    : [...schemaViolations(document), ...traitsViolations(document), ...hiddenViolations(document)];
}

function sizeViolations(document: JsonObject): Violation[] {
  if (Buffer.byteLength(JSON.stringify(document)) > MAX_SCHEMA_BYTES)
    return [{ pointer: '', message: `is larger than ${MAX_SCHEMA_BYTES} bytes` }];
  if (depthOf(document) > MAX_SCHEMA_DEPTH)
    return [{ pointer: '', message: `is nested deeper than ${MAX_SCHEMA_DEPTH} levels` }];
  return [];
}

function amountViolations(all: Subschema[]): Violation[] {
  if (all.length > MAX_SUBSCHEMAS) return [{ pointer: '', message: `has more than ${MAX_SUBSCHEMAS} subschemas` }];
  const properties = all.reduce((sum, { schema }) => sum + Object.keys(schema.properties ?? {}).length, 0);
  if (properties > MAX_PROPERTIES) return [{ pointer: '', message: `has more than ${MAX_PROPERTIES} properties` }];
  const isTooMuch = areTooManyPatterns(all.flatMap(({ schema }) => patternsOf(schema)));
  return isTooMuch ? [{ pointer: '', message: 'has too many or too large patterns' }] : [];
}

function draftViolations({ $schema }: JsonObject): Violation[] {
  if ($schema === undefined || (typeof $schema === 'string' && DRAFTS.test($schema))) return [];
  return [{ pointer: '/$schema', message: 'must be draft-07 or draft 2020-12' }];
}

function placeViolations({ pointer, schema }: Subschema, document: JsonObject, all: Subschema[]): Violation[] {
  const at = (keyword: string, message: string) => ({ pointer: `${pointer}${toPointer([keyword])}`, message });
  const keywords = [...UNSUPPORTED, ...(schema === document ? [] : ['$id', '$schema'])];
  const faults = keywords
    .filter((keyword) => Object.hasOwn(schema, keyword))
    .map((keyword) => at(keyword, 'is not supported'));
  if (schema.$ref !== undefined && !isLocal(schema.$ref, all))
    faults.push(at('$ref', 'must point to a schema in this document, such as #/$defs/name'));
  if (titlesOf(schema).some((title) => title !== '' && nameFault(title)))
    faults.push(at('title', 'contains characters that cannot be displayed'));
  for (const { keyword, pattern } of namedPatternsOf(schema)) {
    const fault = patternFault(pattern);
    if (fault !== null) faults.push(at(keyword, fault));
  }
  return faults;
}

/** The labels of a field in all languages. */
function titlesOf({ title, 'x-signet': note }: JsonObject): string[] {
  const titles = isJsonObject(note) && isJsonObject(note.titles) ? Object.values(note.titles) : [];
  return [title, ...titles].filter((text) => typeof text === 'string');
}

/** The expressions of a schema: its pattern, and its property-name patterns. */
function namedPatternsOf({ pattern, patternProperties }: JsonObject): Array<{ keyword: string; pattern: string }> {
  const names = isJsonObject(patternProperties) ? Object.keys(patternProperties) : [];
  return [
    ...(typeof pattern === 'string' ? [{ keyword: 'pattern', pattern }] : []),
    ...names.map((name) => ({ keyword: 'patternProperties', pattern: name })),
  ];
}

function patternsOf(schema: JsonObject): string[] {
  return namedPatternsOf(schema).map(({ pattern }) => pattern);
}

/** Nothing is ever fetched: a reference must point to the document or a schema within it. */
function isLocal(ref: unknown, all: Subschema[]): boolean {
  if (typeof ref !== 'string' || !ref.startsWith('#')) return false;
  try {
    const target = toPointer(pointerParts(decodeURIComponent(ref.slice(1))));
    return all.some(({ pointer }) => pointer === target);
  } catch {
    return false; // invalid percent-encoding or pointer
  }
}

function traitsViolations(document: JsonObject): Violation[] {
  if (isJsonObject(getAt(document, ['properties', 'traits']))) return [];
  return [{ pointer: '/properties/traits', message: 'must be a schema for the traits' }];
}

/** Identifiers must be visible to their person: a hidden one could be another party's way in. */
function hiddenViolations(document: JsonObject): Violation[] {
  return fieldsOf(document)
    .filter(({ isIdentifier, selfService }) => isIdentifier && selfService === 'hidden')
    .map(({ path }) => ({
      pointer: toPointer([
        'properties',
        'traits',
        ...path.flatMap((key) => ['properties', key]),
        'x-signet',
        'selfService',
      ]),
      message: 'must not be "hidden" for an identifier: people must see what they sign in with',
    }));
}
