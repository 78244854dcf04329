import { AppError } from '@/lib/platform/errors';
import { MAX_JSON_BYTES } from '@/lib/platform/json';
import { decodeUtf8 } from '@/lib/platform/utf8.mjs';

/** A non-blank line: its text, or why it cannot be read. */
export type Line = {
  /** The first one is 1. */
  number: number;
  text: string | AppError;
  /** Bytes of the input up to the end of the line. */
  bytesRead: number;
};

/** In bytes: bounds a chunk of long lines. */
const MAX_CHUNK_BYTES = 4 * MAX_JSON_BYTES;

/** Lines from `firstLine` on, up to `size` at a time. Refuses: `invalid_input` for UTF-16. */
export async function* readChunks(
  input: AsyncIterable<Uint8Array | string>,
  { name, size, firstLine }: { name: string; size: number; firstLine: number },
): AsyncGenerator<Line[]> {
  let chunk: Line[] = [];
  let chunkBytes = 0;
  let number = 0;
  let bytesRead = 0;
  for await (const { bytes, length } of linesOf(input)) {
    number += 1;
    bytesRead += length + 1;
    if (number === 1) refuseUtf16(bytes, name);
    if (number < firstLine) continue;
    const text = length > MAX_JSON_BYTES ? new AppError('payload_too_large') : toText(bytes);
    if (typeof text === 'string' && text.trim() === '') continue;
    chunk.push({ number, text, bytesRead });
    chunkBytes += bytes.length;
    if (chunk.length < size && chunkBytes < MAX_CHUNK_BYTES) continue;
    yield chunk;
    chunk = [];
    chunkBytes = 0;
  }
  if (chunk.length > 0) yield chunk;
}

/** `bytes` is truncated if the line is too long. */
type RawLine = { bytes: Buffer; length: number };

/** Lines as bytes: decoding would replace invalid UTF-8 by U+FFFD, which would then be imported. */
async function* linesOf(input: AsyncIterable<Uint8Array | string>): AsyncGenerator<RawLine> {
  let open: Buffer[] = [];
  let length = 0;
  const add = (piece: Buffer) => {
    if (length <= MAX_JSON_BYTES) open.push(piece);
    length += piece.length;
  };
  const take = (): RawLine => {
    const line = { bytes: open.length === 1 && open[0] ? open[0] : Buffer.concat(open), length };
    open = [];
    length = 0;
    return line;
  };
  for await (const piece of input) {
    const chunk = Buffer.from(piece);
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      add(chunk.subarray(start, end));
      yield take();
      start = end + 1;
    }
    if (start < chunk.length) add(chunk.subarray(start));
  }
  if (length > 0) yield take();
}

/** UTF-16 has a zero byte in every line; a line of another encoding is refused on its own. */
function refuseUtf16(first: Buffer, name: string): void {
  if (!first.includes(0)) return;
  try {
    decodeUtf8(first, name);
  } catch (cause) {
    throw new AppError('invalid_input', { reason: cause instanceof Error ? cause.message : '', cause });
  }
}

function toText(bytes: Buffer): string | AppError {
  try {
    return decodeUtf8(bytes, 'line');
  } catch {
    return new AppError('invalid_input', { reason: 'not UTF-8' });
  }
}
