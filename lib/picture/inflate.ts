import { promisify } from 'node:util';
import { inflate } from 'node:zlib';

/** The adapter to zlib. Null unless the pieces are exactly one zlib stream (RFC 1950) of `length` bytes. */
export async function inflateExactly(pieces: Uint8Array[], length: number): Promise<Uint8Array | null> {
  const stream = Buffer.concat(pieces);
  try {
    const options = { maxOutputLength: length, info: true };
    // With `info`, the result is an object; the types of Node do not say so.
    const { buffer, engine } = (await promisify(inflate)(stream, options)) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    return buffer.length === length && engine.bytesWritten === stream.length ? buffer : null;
  } catch {
    return null;
  }
}
