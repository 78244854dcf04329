import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';

const CODINGS = { br: promisify(brotliCompress), gz: (body) => promisify(gzip)(body, { level: 9 }) };

/**
 * Compresses Next's scripts and styles once, from `static` to `compressed` in the build's folder, where the front server
 * finds them (`lib/server/front/static-files.ts`). Their names contain a hash of their content.
 */
export async function compressStatic(distDir) {
  const [from, to] = [path.join(distDir, 'static'), path.join(distDir, 'compressed')];
  await rm(to, { recursive: true, force: true });
  const files = (await readdir(from, { recursive: true })).filter((name) => /\.(js|css)$/.test(name));
  await Promise.all(
    files.map(async (name) => {
      const body = await readFile(path.join(from, name));
      await mkdir(path.dirname(path.join(to, name)), { recursive: true });
      for (const [ending, compress] of Object.entries(CODINGS)) {
        await writeFile(path.join(to, `${name}.${ending}`), await compress(body));
      }
    }),
  );
}
