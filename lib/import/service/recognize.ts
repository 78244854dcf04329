import { AppError, isAppError } from '@/lib/platform/errors';
import { isJsonObject, type JsonObject } from '@/lib/platform/json';
import type { IdentitySchema } from '@/lib/schema/model';
import { parseRecords } from '../csv';
import { DELIMITERS, type Delimiter, type ImportFormat, type ImportSettings, isColumnar, type Layout } from '../model';
import { suggestMapping, suggestMatch } from '../model/mapping';
import { encodingOf } from './decode';
import { recordsOf } from './records';
import { rowsOf, toHeader } from './rows';

/** What an upload begins with, and whether all of it is UTF-8. */
export type Head = { bytes: Uint8Array; isUtf8: boolean };
export type Chosen = Partial<Pick<ImportSettings, 'format' | 'encoding' | 'delimiter' | 'match' | 'policy'>> & {
  mapping?: ImportSettings['mapping'];
};

/** Rows that columns of JSON records are taken from. */
const SAMPLE = 100;

/**
 * What the file is, by its content, and where its columns probably go. What is chosen wins. Refuses: `invalid_input` if
 * the file is empty or nothing we know.
 */
export async function recognize(head: Head, schema: IdentitySchema, chosen: Chosen = {}): Promise<ImportSettings> {
  const encoding = chosen.encoding ?? encodingOf(head.bytes, head.isUtf8);
  const text = new TextDecoder(encoding).decode(head.bytes);
  if (text.trim() === '') throw new AppError('invalid_input', { reason: 'The file is empty' });
  const found = await shapeOf(text);
  const format = chosen.format ?? found.format;
  const delimiter = chosen.delimiter ?? delimiterOf(text);
  const shape = { format, encoding, layout: found.layout, delimiter };
  const columns = isColumnar(format) ? await columnsIn(head.bytes, shape) : [];
  const mapping = { ...suggestMapping(columns, schema, format), ...chosen.mapping };
  const isWithId = !isColumnar(format);
  return {
    ...shape,
    columns,
    mapping,
    schemaId: schema.schemaId,
    match: chosen.match ?? (isWithId ? 'id' : suggestMatch(Object.values(mapping))),
    policy: chosen.policy ?? 'create',
  };
}

/** The names of the columns: the header of a CSV file, the members of the first records of another. */
async function columnsIn(
  bytes: Uint8Array,
  shape: Pick<ImportSettings, 'format' | 'encoding' | 'layout' | 'delimiter'>,
): Promise<string[]> {
  if (shape.format === 'csv') return headerOf(new TextDecoder(shape.encoding).decode(bytes), shape.delimiter);
  const names = new Set<string>();
  let count = 0;
  for await (const rows of rowsOf(once(bytes), shape)) {
    for (const { value } of rows) {
      if (isAppError(value) || !('columns' in value)) continue;
      for (const name of value.columns.keys()) names.add(name);
    }
    count += rows.length;
    if (count >= SAMPLE) break;
  }
  return [...names];
}

async function* once<Bytes extends Uint8Array>(bytes: Bytes): AsyncGenerator<Bytes> {
  yield bytes;
}

/** `csv` unless it begins like JSON. */
async function shapeOf(text: string): Promise<{ format: ImportFormat; layout: Layout }> {
  const start = text.trimStart();
  if (!start.startsWith('{') && !start.startsWith('[')) return { format: 'csv', layout: 'lines' };
  const [line = ''] = start.split(/\r?\n/, 1);
  const record = start.startsWith('{') ? parsed(line) : null;
  const isOneObject = start.startsWith('{') && (record === null || isRealm(record));
  const layout = start.startsWith('[') || isOneObject ? 'list' : 'lines';
  const first = layout === 'lines' ? record : await firstOfList(start);
  return { format: first ? formatOf(first) : 'signet', layout };
}

/**
 * Whether a file is not the JSON Lines of our own export. `head`: its beginning. Text that is no JSON is CSV if its name
 * says so.
 */
export async function isForeign(head: Uint8Array, name: string): Promise<boolean> {
  const text = new TextDecoder().decode(head).trimStart();
  if (!text.startsWith('{') && !text.startsWith('[')) return /\.(csv|tsv|txt)$/i.test(name);
  // A first line that is longer than the head is a long one of ours.
  if (text.startsWith('{') && !text.includes('\n')) return parsed(text) !== null && isOther(await shapeOf(text));
  return isOther(await shapeOf(text));
}

function isOther({ format, layout }: { format: ImportFormat; layout: Layout }): boolean {
  return format !== 'signet' || layout !== 'lines';
}

/** An object around the records. People of Auth0 have `identities` of their own. */
function isRealm(record: JsonObject): boolean {
  return Array.isArray(record.users) || (Array.isArray(record.identities) && !Object.hasOwn(record, 'user_id'));
}

function formatOf(record: JsonObject): ImportFormat {
  const has = (...names: string[]) => names.every((name) => Object.hasOwn(record, name));
  if (has('traits')) return isFromKratos(record) ? 'kratos' : 'signet';
  if (has('username') && ['enabled', 'createdTimestamp', 'emailVerified', 'requiredActions'].some((name) => has(name)))
    return 'keycloak';
  if (has('user_id') || has('email_verified') || has('app_metadata') || has('user_metadata')) return 'auth0';
  return 'signet';
}

/** Our own export has no `schema_url` and no credentials but passkeys. */
function isFromKratos({ schema_url: url, credentials }: JsonObject): boolean {
  if (url !== undefined) return true;
  return isJsonObject(credentials) && Object.keys(credentials).some((type) => type !== 'passkey');
}

function parsed(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** The first record of a list; null if it does not end within the head. */
async function firstOfList(text: string): Promise<JsonObject | null> {
  const shape = { format: 'signet', layout: 'list', delimiter: ',' } as const;
  for await (const { text: record } of recordsOf(once(Buffer.from(text)), shape))
    return isAppError(record) ? null : parsed(record);
  return null;
}

/** The delimiter that makes the most columns, the same number in the first records. */
function delimiterOf(text: string): Delimiter {
  const sample = text.slice(0, 64 * 1024);
  const scores = DELIMITERS.map((delimiter) => ({ delimiter, score: scoreOf(sample, delimiter) }));
  return scores.reduce((best, one) => (one.score > best.score ? one : best)).delimiter;
}

function scoreOf(sample: string, delimiter: Delimiter): number {
  const counts = linesOf(sample).map((line) => cellCount(line, delimiter));
  const [header = 1, ...others] = counts;
  const alike = others.filter((count) => count === header).length;
  return header === 1 ? 0 : header * (1 + alike);
}

/** The first records outside quotes; the last one may be cut. */
function linesOf(sample: string): string[] {
  const lines: string[] = [];
  let isQuoted = false;
  let start = 0;
  for (let at = 0; at < sample.length && lines.length < 20; at++) {
    if (sample[at] === '"') isQuoted = !isQuoted;
    if (isQuoted || (sample[at] !== '\n' && sample[at] !== '\r')) continue;
    if (at > start) lines.push(sample.slice(start, at));
    start = at + 1;
  }
  return lines.length > 0 ? lines : [sample];
}

function cellCount(line: string, delimiter: Delimiter): number {
  return line.replaceAll(/"[^"]*"/g, '').split(delimiter).length;
}

function headerOf(text: string, delimiter: Delimiter): string[] {
  const [line = ''] = linesOf(text.replace(/^\uFEFF/, ''));
  try {
    return toHeader(parseRecords(line, delimiter)[0] ?? []);
  } catch (cause) {
    throw new AppError('invalid_input', { reason: 'The first row is not CSV', cause });
  }
}
