import { Zip, ZipDeflate } from 'fflate';

/** A file of an archive; its text is generated while the archive is sent. */
export type ZipFile = { name: string; text: AsyncGenerator<string> };

/** The adapter to fflate: an archive in pieces, which holds no whole file in memory. */
export async function* zipOf(files: ZipFile[], modifiedAt = new Date()): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const archive = new Zip((error, piece) => {
    if (error) throw error;
    ready.push(piece);
  });
  const encoder = new TextEncoder();
  for (const { name, text } of files) {
    const entry = new ZipDeflate(name, { level: 6 });
    entry.mtime = modifiedAt;
    archive.add(entry);
    for await (const piece of text) {
      entry.push(encoder.encode(piece));
      yield* ready.splice(0);
    }
    entry.push(new Uint8Array(0), true);
    yield* ready.splice(0);
  }
  archive.end();
  yield* ready.splice(0);
}
