import { isAppError } from '@/lib/platform/errors';
import { isJsonObject, type JsonObject } from '@/lib/platform/json';
import { lineAt, linesOf } from '@/lib/platform/json-lines';
import { syntaxFault } from '@/lib/platform/json-syntax';
import { parseJson } from '@/lib/platform/strict-json';
import { documentViolations } from '@/lib/schema/service';

/** A fault of a text, with its line. `message` is null for a text that is not JSON. */
export type DraftFault = { line: number; message: string | null };

const MAX_FAULTS = 20;

/** The document that a person has written, or its faults by line. */
export function readDraft(text: string): { document: JsonObject } | { faults: DraftFault[] } {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    if (!isAppError(error)) throw error;
    const fault = syntaxFault(text);
    if (fault === null) return { faults: [{ line: 1, message: error.details.reason ?? error.message }] };
    return { faults: [{ line: text.slice(0, fault).split('\n').length, message: null }] };
  }
  if (!isJsonObject(value)) return { faults: [{ line: 1, message: 'must be an object' }] };
  const lines = linesOf(text);
  const faults = documentViolations(value).map(({ pointer, message }) => ({
    line: lineAt(lines, pointer),
    message: pointer === '' ? message : `${pointer} ${message}`,
  }));
  return faults.length > 0 ? { faults: faults.slice(0, MAX_FAULTS) } : { document: value };
}
