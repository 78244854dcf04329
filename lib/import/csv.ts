import { parse } from 'csv-parse/sync';
import type { Delimiter } from './model';

/** Adapter: the cells of whole CSV records (docs/decisions: "Imports are stored and read again"). */

/** The cells of one or more records. Throws for a record that is not CSV. */
export function parseRecords(text: string, delimiter: Delimiter): string[][] {
  return parse(text, {
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    record_delimiter: ['\r\n', '\n', '\r'],
  }) as string[][];
}
