import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { isAcceptedCoding } from '@/lib/http/coding';

/** Serves Next's scripts and styles; false if Next must serve the path. */
export type StaticFiles = (request: IncomingMessage, response: ServerResponse, path: string) => Promise<boolean>;

/** The smaller result first. */
const CODINGS = [
  ['br', 'br'],
  ['gzip', 'gz'],
] as const;
const TYPES: Record<string, string> = {
  '.js': 'application/javascript; charset=UTF-8',
  '.css': 'text/css; charset=UTF-8',
};
/** Next handles range and conditional requests. */
const CONDITIONS = ['range', 'if-none-match', 'if-modified-since'] as const;

/**
 * Next's scripts and styles as compressed by the build (`scripts/lib/compress-static.mjs`) into `compressed` in its folder;
 * Next would compress them again for every visitor. Their names contain a content hash.
 */
export async function createStaticFiles(distDir: string): Promise<StaticFiles> {
  const folder = path.join(distDir, 'compressed');
  const names = new Set(await readdir(folder, { recursive: true }).catch(() => []));
  return async (request, response, url) => {
    const name = url.startsWith(PREFIX) ? url.slice(PREFIX.length) : null;
    const type = name === null ? undefined : TYPES[path.posix.extname(name)];
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (type === undefined || !isRead || CONDITIONS.some((each) => request.headers[each] !== undefined)) return false;
    const accepted = String(request.headers['accept-encoding'] ?? '');
    const coding = CODINGS.find(([each, ending]) => isAcceptedCoding(accepted, each) && names.has(`${name}.${ending}`));
    if (!coding) return false;
    const body = await readFile(path.join(folder, `${name}.${coding[1]}`)).catch(() => null);
    if (!body) return false; // a newer build has replaced it
    response.writeHead(200, {
      'content-type': type,
      'content-encoding': coding[0],
      'content-length': body.length,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    });
    response.end(request.method === 'HEAD' ? undefined : body);
    return true;
  };
}

const PREFIX = '/_next/static/';
