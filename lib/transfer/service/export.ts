import { recordEvent } from '@/lib/audit/service';
import { exportPeople } from '@/lib/credential/service';
import { countIdentities, type IdentityFilter } from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { yieldToEventLoop } from '@/lib/platform/event-loop';
import { fieldsOf } from '@/lib/schema/model';
import { findSchema, listSchemas } from '@/lib/schema/service';
import { toCsvCells, toCsvColumns, toTransferLine } from '../contract';
import { toRecord } from '../model/cell';

/** Identities per statement. */
const PAGE_SIZE = 500;

type Piece = { text: string; count: number };
type People = Awaited<ReturnType<typeof exportPeople>>;

export const EXPORT_FORMATS = ['jsonl', 'csv'] as const;

export type ExportOptions = {
  format: (typeof EXPORT_FORMATS)[number];
  filter?: IdentityFilter;
  /** JSON Lines only. */
  hasPasskeys?: boolean;
} & Omit<CsvOptions, 'filter'>;

/** `count`: the identities that match when it begins. */
export type Export = { count: number; mediaType: string; pieces: AsyncGenerator<Piece> };

/**
 * Records an export, and returns its text piece by piece: nothing leaves without its event, and one that is cancelled
 * has its event, too.
 */
export async function exportIdentities(actor: Actor, options: ExportOptions): Promise<Export> {
  const { format, filter = {}, hasPasskeys = false, columns, isForSpreadsheet = false } = options;
  const { projectId } = actor;
  const isCsv = format === 'csv';
  const count = await countIdentities(projectId, filter);
  const details = {
    ...{ format, count, filter: await recordedFilter(projectId, filter) },
    ...(isCsv ? { spreadsheet: isForSpreadsheet } : { passkeys: hasPasskeys }),
    ...(isCsv && columns && { columns: columns.length }),
  };
  await transaction((tx) => recordEvent(tx, actor, { type: 'identity.exported', details }));
  return isCsv
    ? {
        count,
        mediaType: 'text/csv; charset=utf-8',
        pieces: exportCsv(projectId, { filter, columns, isForSpreadsheet }),
      }
    : { count, mediaType: 'application/jsonl; charset=utf-8', pieces: exportLines(projectId, { filter, hasPasskeys }) };
}

/**
 * A filter in the API's words. Of words and identifiers only that they were given: they may name a person, whose erasure
 * could not find them here. Nor is a schema recorded that the project does not have: any text can be in its place.
 */
async function recordedFilter(projectId: string, filter: IdentityFilter) {
  const { ids, identifier, identifierPrefix, state, schemaId, words, passkeys } = filter;
  const isKnown = schemaId !== undefined && (await findSchema(projectId, schemaId)) !== null;
  return {
    ...(ids && { ids: ids.length }),
    ...((identifier ?? identifierPrefix) !== undefined && { identifier: true }),
    ...(words && words.length > 0 && { q: true }),
    ...(state && { state }),
    ...(schemaId !== undefined && { schema_id: isKnown ? schemaId : true }),
    ...(passkeys && { passkeys: passkeys.have }),
  };
}

/**
 * The identities of a project that match, all by default, as JSON Lines, oldest first, in chunks with their number of
 * lines. Keyset pagination keeps memory and blocking independent of the number of identities.
 */
export async function* exportLines(
  projectId: string,
  { hasPasskeys, filter = {} }: { hasPasskeys: boolean; filter?: IdentityFilter },
): AsyncGenerator<Piece> {
  for await (const people of pagesOf(projectId, filter)) {
    yield { text: people.map((person) => `${toTransferLine(person, hasPasskeys)}\n`).join(''), count: people.length };
  }
}

export type CsvOptions = {
  filter?: IdentityFilter;
  /** Only these columns; unknown ones are ignored. */
  columns?: readonly string[] | undefined;
  /** Begins with a byte order mark, and neutralizes what a spreadsheet would calculate. */
  isForSpreadsheet?: boolean;
};

/**
 * As `exportLines`, as CSV (RFC 4180): a column for each member and each trait that a schema has as a field, under its
 * JSON Pointer. An import returns the same values; passkeys are not included.
 */
export async function* exportCsv(
  projectId: string,
  { filter = {}, columns: wanted, isForSpreadsheet = false }: CsvOptions = {},
): AsyncGenerator<Piece> {
  const schemas = await listSchemas(projectId);
  const fields = new Map(schemas.flatMap(({ document }) => fieldsOf(document)).map((field) => [field.pointer, field]));
  const columns = toCsvColumns([...fields.keys()]).filter((column) => !wanted || wanted.includes(column));
  yield { text: `${isForSpreadsheet ? '\uFEFF' : ''}${toRecord(columns)}`, count: 0 };
  for await (const people of pagesOf(projectId, filter)) {
    const records = people.map(({ identity }) => toRecord(toCsvCells(identity, { columns, fields, isForSpreadsheet })));
    yield { text: records.join(''), count: people.length };
  }
}

async function* pagesOf(projectId: string, filter: IdentityFilter): AsyncGenerator<People> {
  for (let after: string | null = null; ; ) {
    const people: People = await exportPeople(projectId, after, PAGE_SIZE, filter);
    const last = people.at(-1);
    if (!last) return;
    yield people;
    after = last.identity.id;
    await yieldToEventLoop();
  }
}
