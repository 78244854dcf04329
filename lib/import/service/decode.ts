import { AppError } from '@/lib/platform/errors';
import type { Encoding } from '../model';

/** The bytes of an upload as UTF-8 without a mark. UTF-8 passes unchanged: its rows are checked one by one. */
export async function* toUtf8(input: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<Buffer> {
  if (encoding !== 'utf-8') {
    const decoder = new TextDecoder(encoding);
    for await (const piece of input) yield Buffer.from(decoder.decode(piece, { stream: true }));
    yield Buffer.from(decoder.decode());
    return;
  }
  let isFirst = true;
  for await (const piece of input) {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    yield isFirst && hasMark(bytes) ? bytes.subarray(3) : bytes;
    isFirst = false;
  }
}

function hasMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** A byte order mark decides; else zero bytes, as most letters have in UTF-16; else whether the whole upload is UTF-8. */
export function encodingOf(head: Uint8Array, isUtf8: boolean): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (hasMark(head)) return 'utf-8';
  const sample = head.subarray(0, 4096);
  const zeros = [0, 0];
  sample.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (even + odd > sample.length / 8) return odd > even ? 'utf-16le' : 'utf-16be';
  return isUtf8 ? 'utf-8' : 'windows-1252';
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of one row, or its refusal. */
export function toText(bytes: Uint8Array): string | AppError {
  try {
    return strict.decode(bytes);
  } catch {
    return new AppError('invalid_input', { reason: 'The row is not UTF-8' });
  }
}
