import { AppError } from '@/lib/platform/errors';
import { MAX_JSON_BYTES } from '@/lib/platform/json';
import type { Delimiter, ImportFormat, Layout } from '../model';
import { toText } from './decode';

/** A record of the file that is not blank: its text, or why it cannot be read. The first record of a file is 1. */
export type FileRecord = { number: number; text: string | AppError; bytesRead: number };

type Shape = { format: ImportFormat; layout: Layout; delimiter: Delimiter };

/** An object of a list, with commas and spaces around, may be as large as a line. */
const MAX_RECORD_BYTES = MAX_JSON_BYTES;

/**
 * The records of a file in UTF-8. A record of any excessive length is refused on its own, in constant memory. A record
 * ends where the format says: a line break outside quotes, a line, or the end of an object in a list.
 */
export async function* recordsOf(input: AsyncIterable<Buffer>, shape: Shape): AsyncGenerator<FileRecord> {
  const splitter = splitterOf(shape);
  let number = 0;
  let bytesRead = 0;
  const open: Buffer[] = [];
  let length = 0;
  const keep = (piece: Buffer) => {
    if (piece.length === 0) return;
    if (length <= MAX_RECORD_BYTES) open.push(piece);
    length += piece.length;
  };
  const take = (): FileRecord | null => {
    const bytes = open.length === 1 && open[0] ? open[0] : Buffer.concat(open);
    const isTooLong = length > MAX_RECORD_BYTES;
    bytesRead += length;
    open.length = 0;
    length = 0;
    number += 1;
    const text = isTooLong ? tooLong() : toText(bytes);
    return typeof text === 'string' && text.trim() === '' ? null : { number, text, bytesRead };
  };
  for await (const chunk of input) {
    let start = 0;
    for (const [from, to] of splitter.ends(chunk)) {
      if (from !== null) start = from;
      keep(chunk.subarray(start, to));
      const record = take();
      if (record) yield record;
      start = to;
    }
    const rest = splitter.openFrom(start);
    if (rest !== null) keep(chunk.subarray(rest));
  }
  if (length > 0) {
    const record = take();
    if (record) yield record;
  }
}

function tooLong(): AppError {
  return new AppError('payload_too_large', { reason: `The row exceeds ${MAX_RECORD_BYTES} bytes` });
}

/**
 * Finds the ends of records in chunk after chunk. `ends` yields the offset behind each end, with the offset where the
 * record began in this chunk, or null if it continues from `start`. `openFrom`: where the unfinished record begins; null:
 * between records.
 */
type Splitter = {
  ends: (chunk: Buffer) => Generator<[number | null, number]>;
  openFrom: (start: number) => number | null;
};

function splitterOf({ format, layout, delimiter }: Shape): Splitter {
  if (format === 'csv') return csvSplitter(delimiter.charCodeAt(0));
  return layout === 'list' ? listSplitter() : lineSplitter();
}

const [QUOTE, LF, CR, BACKSLASH] = [0x22, 0x0a, 0x0d, 0x5c];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d];

function lineSplitter(): Splitter {
  return {
    *ends(chunk) {
      for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, end + 1)) yield [null, end + 1];
    },
    openFrom: (start) => start,
  };
}

/** RFC 4180: a quote opens a cell only at its beginning, and a doubled one does not close it. Files of old Macs end lines with CR. */
function csvSplitter(delimiter: number): Splitter {
  let state: 'start' | 'plain' | 'quoted' | 'closing' = 'start';
  let isAfterCr = false;
  return {
    *ends(chunk) {
      for (let at = 0; at < chunk.length; at++) {
        const byte = chunk[at];
        if (state === 'quoted') {
          const next = chunk.indexOf(QUOTE, at);
          if (next < 0) return;
          at = next;
          state = 'closing';
          continue;
        }
        if (isAfterCr) {
          isAfterCr = false;
          state = 'start';
          if (byte === LF) {
            yield [null, at + 1];
            continue;
          }
          yield [null, at];
        }
        if (byte === QUOTE && (state === 'start' || state === 'closing')) state = 'quoted';
        else if (byte === LF) {
          state = 'start';
          yield [null, at + 1];
        } else if (byte === CR) isAfterCr = true;
        else state = byte === delimiter ? 'start' : 'plain';
      }
    },
    openFrom: (start) => start,
  };
}

/** The keys whose array holds the records, for files that are one object. */
const LIST_KEYS = ['users', 'identities'];

/**
 * Objects of an array at the top, or of the array of a top-level member in `LIST_KEYS`. Everything else is passed over
 * without being stored.
 */
function listSplitter(): Splitter {
  const scan = {
    depth: 0,
    isInString: false,
    isEscaped: false,
    key: '',
    text: '',
    recordDepth: 0,
    begin: -1,
    isOpen: false,
  };
  const visit = (byte: number): 'begin' | 'end' | null => {
    if (scan.isInString) {
      if (scan.isEscaped) scan.isEscaped = false;
      else if (byte === BACKSLASH) scan.isEscaped = true;
      else if (byte === QUOTE) scan.isInString = false;
      if (scan.isInString && scan.depth === 1 && scan.text.length < 64) scan.text += String.fromCharCode(byte);
      return null;
    }
    if (byte === QUOTE) {
      scan.isInString = true;
      scan.text = '';
    } else if (byte === 0x3a && scan.depth === 1) scan.key = scan.text;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      const isList = byte === OPEN_BRACKET && (scan.depth === 0 || (scan.depth === 1 && LIST_KEYS.includes(scan.key)));
      scan.depth += 1;
      if (isList && scan.recordDepth === 0) scan.recordDepth = scan.depth;
      else if (byte === OPEN_BRACE && scan.depth === scan.recordDepth + 1 && scan.recordDepth > 0) {
        scan.isOpen = true;
        return 'begin';
      }
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      scan.depth -= 1;
      if (scan.isOpen && scan.depth === scan.recordDepth) {
        scan.isOpen = false;
        return 'end';
      }
      if (scan.depth < scan.recordDepth) scan.recordDepth = 0;
    }
    return null;
  };
  return {
    *ends(chunk) {
      let begin: number | null = null;
      for (let at = 0; at < chunk.length; at++) {
        const what = visit(chunk[at] ?? 0);
        if (what === 'begin') begin = at;
        else if (what === 'end') {
          yield [begin, at + 1];
          begin = null;
        }
      }
      scan.begin = begin ?? 0;
    },
    openFrom: (start) => (scan.isOpen ? Math.max(start, scan.begin) : null),
  };
}
