import { AppError, isAppError } from '@/lib/platform/errors';
import { isJsonObject, type Json, type JsonObject } from '@/lib/platform/json';
import { parseJson } from '@/lib/platform/strict-json';
import { fromCell } from '@/lib/transfer/model/cell';
import { parseRecords } from '../csv';
import { type ImportFormat, type ImportSettings, isColumnar, MAX_COLUMNS, REASON_COLUMN } from '../model';
import { isPasswordColumn } from '../model/mapping';
import { toUtf8 } from './decode';
import { type FileRecord, recordsOf } from './records';

/** A value by column, for formats with columns. */
export type Columns = Map<string, Json>;

/** A row of the file as it is, before its columns are mapped. */
export type SourceRow = {
  /** In a spreadsheet, the number of its row. */
  number: number;
  /** The row as it was read, for the file of refused rows. */
  text: string;
  value: { columns: Columns } | { record: JsonObject } | AppError;
  hasPassword: boolean;
  bytesRead: number;
};

type Shape = Pick<ImportSettings, 'format' | 'encoding' | 'layout' | 'delimiter'>;

/** Records whose cells are parsed at once. */
const GROUP_SIZE = 200;
const MAX_GROUP_BYTES = 4 * 1024 * 1024;

/** The rows of an upload, in groups that bound memory. Refuses: `invalid_input` for a header with too many columns. */
export async function* rowsOf(input: AsyncIterable<Uint8Array>, shape: Shape): AsyncGenerator<SourceRow[]> {
  let header: string[] | null = null;
  for await (const records of groupsOf(recordsOf(toUtf8(input, shape.encoding), shape))) {
    if (shape.format !== 'csv') {
      yield records.map((record) => toJsonRow(record, shape.format));
      continue;
    }
    const cells = cellsOf(records, shape);
    if (header === null) {
      const first = cells.shift();
      records.shift();
      header = toHeader(first ?? []);
    }
    const names = header;
    yield records.map((record, at) => toCsvRow(record, cells[at] ?? [], names));
  }
}

/** The names of the columns; a repeated or empty name gets a number. Refuses: `invalid_input`. */
export function toHeader(cells: string[] | AppError): string[] {
  if (isAppError(cells)) throw cells;
  if (cells.length > MAX_COLUMNS)
    throw new AppError('invalid_input', { reason: `The file has more than ${MAX_COLUMNS} columns` });
  const names: string[] = [];
  for (const [at, cell] of cells.entries()) {
    const typed = [...cell.trim()].slice(0, 200).join('');
    const name = typed === '' || typed === '__proto__' ? `#${at + 1}` : typed;
    let unique = name;
    for (let count = 2; names.includes(unique); count++) unique = `${name} (${count})`;
    names.push(unique);
  }
  return names;
}

async function* groupsOf(records: AsyncIterable<FileRecord>): AsyncGenerator<FileRecord[]> {
  let group: FileRecord[] = [];
  let size = 0;
  for await (const record of records) {
    group.push(record);
    size += isAppError(record.text) ? 0 : record.text.length;
    if (group.length < GROUP_SIZE && size < MAX_GROUP_BYTES) continue;
    yield group;
    group = [];
    size = 0;
  }
  if (group.length > 0) yield group;
}

/** The cells of each record: parsed together, or one by one if one of them is not CSV. */
function cellsOf(records: FileRecord[], { delimiter }: Shape): Array<string[] | AppError> {
  const texts = records.map(({ text }) => (isAppError(text) ? '' : withoutBreak(text)));
  try {
    const all = parseRecords(texts.filter(Boolean).join('\n'), delimiter);
    if (all.length === texts.filter(Boolean).length) {
      return records.map(({ text }) => (isAppError(text) ? text : (all.shift() ?? [])));
    }
  } catch {
    // One of them: each is parsed on its own below.
  }
  return records.map(({ text }) => {
    if (isAppError(text)) return text;
    try {
      return parseRecords(withoutBreak(text), delimiter)[0] ?? [];
    } catch {
      return new AppError('invalid_input', {
        reason: 'The row is not CSV: a quoted cell does not end where it should',
      });
    }
  });
}

function withoutBreak(text: string): string {
  return text.replace(/(\r\n|\n|\r)$/, '');
}

function toCsvRow({ number, text, bytesRead }: FileRecord, cells: string[] | AppError, header: string[]): SourceRow {
  const base = { number, text: isAppError(text) ? '' : withoutBreak(text), bytesRead };
  if (isAppError(cells)) return { ...base, value: cells, hasPassword: false };
  const extra = cells.slice(header.length);
  if (extra.some((cell) => cell !== '')) {
    const reason = `The row has ${cells.length} cells, the header ${header.length}`;
    return { ...base, value: new AppError('invalid_input', { reason }), hasPassword: false };
  }
  const columns: Columns = new Map();
  header.forEach((name, at) => {
    const cell = cells[at] ?? '';
    if (cell !== '' && name !== REASON_COLUMN) columns.set(name, fromCell(cell));
  });
  return { ...base, value: { columns }, hasPassword: [...columns.keys()].some(isPasswordColumn) };
}

function toJsonRow({ number, text, bytesRead }: FileRecord, format: ImportFormat): SourceRow {
  const base = { number, text: isAppError(text) ? '' : text.trim(), bytesRead };
  const record = isAppError(text) ? text : parsed(text);
  if (isAppError(record)) return { ...base, value: record, hasPassword: false };
  const hasPassword = hasPasswordIn(record, format);
  return { ...base, value: isColumnar(format) ? { columns: columnsOf(record, format) } : { record }, hasPassword };
}

function parsed(text: string): JsonObject | AppError {
  try {
    const value = parseJson(text);
    if (!isJsonObject(value)) return new AppError('invalid_input', { reason: 'The row is not a JSON object' });
    const { [REASON_COLUMN]: _reason, ...record } = value;
    return record;
  } catch (error) {
    if (isAppError(error)) return error;
    throw error;
  }
}

/** Whether an exported person has a password, of any kind that these systems export. */
function hasPasswordIn(record: JsonObject, format: ImportFormat): boolean {
  const { credentials } = record;
  if (format === 'auth0') return Object.keys(record).some((key) => /^(custom_)?password_?hash$/i.test(key));
  if (format === 'keycloak')
    return Array.isArray(credentials) && credentials.some((one) => isJsonObject(one) && one.type === 'password');
  return isJsonObject(credentials) && Object.hasOwn(credentials, 'password');
}

/** Members with credentials of other systems, which are never shown as columns. */
const SECRET =
  /^(credentials|password.*|custom_password_hash|mfa_factors|multifactor|guardian.*|federatedIdentities)$/i;
const MAX_DEPTH = 4;

/** The members of a record as columns, nested ones by dotted names. */
function columnsOf(record: JsonObject, format: ImportFormat): Columns {
  const columns: Columns = new Map();
  const add = (value: Json, name: string, depth: number) => {
    if (columns.size >= MAX_COLUMNS || value === null) return;
    if (isJsonObject(value) && depth < MAX_DEPTH) {
      for (const [key, item] of Object.entries(value)) add(item, name === '' ? key : `${name}.${key}`, depth + 1);
      return;
    }
    columns.set(name.slice(0, 200), single(value, name, format));
  };
  for (const [key, value] of Object.entries(record)) if (!SECRET.test(key)) add(value, key, 1);
  const blocked = format === 'auth0' ? columns.get('blocked') : undefined;
  if (blocked !== undefined) {
    columns.delete('blocked');
    columns.set('state', blocked === true ? 'inactive' : 'active');
  }
  return columns;
}

/** Keycloak keeps each attribute as a list, also a single one. */
function single(value: Json, name: string, format: ImportFormat): Json {
  const [only, ...others] = Array.isArray(value) ? value : [];
  return format === 'keycloak' && name.startsWith('attributes.') && only !== undefined && others.length === 0
    ? only
    : value;
}
