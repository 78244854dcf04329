import { AppError } from '@/lib/platform/errors';
import { isStorableText } from '@/lib/platform/text';
import { mediaType, readText } from '../http/body';
import type { ApiRequest } from '../http/request';

/** The fields of a form; only declared fields may repeat, so that an attacker cannot add a second value. */
export class Form {
  constructor(private readonly fields: ReadonlyMap<string, string[]>) {}

  /** Names and values. */
  get pairs(): Array<[name: string, value: string]> {
    return [...this.fields].flatMap(([name, values]) => values.map((value): [string, string] => [name, value]));
  }

  /** RFC 6749 §3.1: a parameter sent without a value counts as omitted. */
  get(name: string): string | undefined {
    return this.getAll(name)[0];
  }

  getAll(name: string): string[] {
    return (this.fields.get(name) ?? []).filter((value) => value !== '');
  }
}

/**
 * Reads `application/x-www-form-urlencoded` of at most `limit` bytes, strictly: malformed encoding is refused, never
 * repaired, and only the fields in `repeatable` may repeat (RFC 6749 §3.1). Refuses: `payload_too_large`,
 * `invalid_input`.
 */
export async function readForm(
  request: ApiRequest,
  { limit, repeatable = [] }: { limit: number; repeatable?: readonly string[] },
): Promise<Form> {
  if (mediaType(request) !== 'application/x-www-form-urlencoded') {
    throw refuse('The content type must be application/x-www-form-urlencoded');
  }
  const form = parseForm(await readText(request, limit), repeatable);
  if (form.pairs.length === 0) throw refuse('The body is empty');
  return form;
}

/** The query of a request, as strictly as a form. Refuses: `invalid_input`. */
export function readQuery({ url }: ApiRequest, repeatable: readonly string[] = []): Form {
  const start = url.indexOf('?');
  return parseForm(start < 0 ? '' : url.slice(start + 1), repeatable);
}

function parseForm(text: string, repeatable: readonly string[]): Form {
  const fields = new Map<string, string[]>();
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decodeFormText(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? '' : decodeFormText(pair.slice(equals + 1));
    const values = fields.get(name);
    if (values && !repeatable.includes(name)) throw refuse(`The parameter ${name} is repeated`);
    if (values) values.push(value);
    else fields.set(name, [value]);
  }
  return new Form(fields);
}

/** Decodes form-encoding (RFC 6749 Appendix B). Refuses malformed percent-encoding, invalid UTF-8, and NUL. */
export function decodeFormText(encoded: string): string {
  let text: string;
  try {
    text = decodeURIComponent(encoded.replaceAll('+', ' '));
  } catch (cause) {
    throw new AppError('invalid_input', { reason: 'Malformed percent-encoding', cause });
  }
  if (!isStorableText(text)) throw refuse('NUL is not allowed');
  return text;
}

function refuse(reason: string): AppError {
  return new AppError('invalid_input', { reason });
}
