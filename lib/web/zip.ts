import { Zip, ZipDeflate } from 'fflate';

/** A file of an archive; its content is generated while the archive is sent. */
export type ZipFile = { name: string; content: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array> };

/** The adapter to fflate: an archive in pieces, which holds no whole file in memory. */
export async function* zipOf(files: ZipFile[], modifiedAt = new Date()): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const archive = new Zip((error, piece) => {
    if (error) throw error;
    ready.push(piece);
  });
  const encoder = new TextEncoder();
  for (const { name, content } of files) {
    const entry = new ZipDeflate(name, { level: 6 });
    entry.mtime = modifiedAt;
    archive.add(entry);
    for await (const piece of content) {
      entry.push(typeof piece === 'string' ? encoder.encode(piece) : piece);
      yield* ready.splice(0);
    }
    entry.push(new Uint8Array(0), true);
    yield* ready.splice(0);
  }
  archive.end();
  yield* ready.splice(0);
}
