import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compressStatic } from '../../../scripts/lib/compress-static.mjs';
import { createStaticFiles } from './static-files';

const SCRIPT = 'console.log("signet");'.repeat(100);
const dir = mkdtempSync(path.join(os.tmpdir(), 'signet-static-'));
const server = createServer();

beforeAll(async () => {
  mkdirSync(path.join(dir, 'static', 'chunks'), { recursive: true });
  writeFileSync(path.join(dir, 'static', 'chunks', 'a.js'), SCRIPT);
  writeFileSync(path.join(dir, 'static', 'chunks', 'a.woff2'), 'font');
  await compressStatic(dir);
  const serve = await createStaticFiles(dir);
  server.on('request', async (asked, answer) => {
    if (!(await serve(asked, answer, asked.url ?? ''))) answer.writeHead(299).end('Next');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => {
  server.close();
  rmSync(dir, { recursive: true });
});

type Answer = { status: number | undefined; headers: IncomingHttpHeaders; body: Buffer };

function ask(url: string, headers: Record<string, string>, method = 'GET'): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', path: url, method, headers }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece) => pieces.push(piece));
      answer.on('end', () =>
        resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(pieces) }),
      );
    });
    asked.on('error', reject).end();
  });
}

const URL = '/_next/static/chunks/a.js';

describe('a script', () => {
  test('is sent precompressed, in the smaller coding the client accepts', async () => {
    const br = await ask(URL, { 'accept-encoding': 'gzip, deflate, br' });
    expect(br.headers).toMatchObject({
      'content-type': 'application/javascript; charset=UTF-8',
      'content-encoding': 'br',
      'content-length': String(br.body.length),
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    });
    expect(brotliDecompressSync(br.body).toString()).toBe(SCRIPT);
    const gzip = await ask(URL, { 'accept-encoding': 'gzip, br;q=0' });
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gzip.body).toString()).toBe(SCRIPT);
  });

  test('is sent without a body for HEAD', async () => {
    const { status, headers, body } = await ask(URL, { 'accept-encoding': 'br' }, 'HEAD');
    expect([status, headers['content-encoding'], body.length]).toEqual([200, 'br', 0]);
  });
});

test.each([
  ['a client that accepts no coding', URL, {}, 'GET'],
  ['a part of a file', URL, { 'accept-encoding': 'br', range: 'bytes=0-9' }, 'GET'],
  ['a conditional request', URL, { 'accept-encoding': 'br', 'if-none-match': '"a"' }, 'GET'],
  ['another method', URL, { 'accept-encoding': 'br' }, 'POST'],
  ['a file of another kind', '/_next/static/chunks/a.woff2', { 'accept-encoding': 'br' }, 'GET'],
  ['an unknown name', '/_next/static/chunks/b.js', { 'accept-encoding': 'br' }, 'GET'],
  ['a path out of the folder', '/_next/static/../static/chunks/a.js', { 'accept-encoding': 'br' }, 'GET'],
  ['a page', '/profile', { 'accept-encoding': 'br' }, 'GET'],
])('leaves to Next: %s', async (_, url, headers, method) => {
  expect((await ask(url, headers, method)).status).toBe(299);
});

test('leaves everything to Next without compressed files', async () => {
  const serve = await createStaticFiles(path.join(dir, 'missing'));
  expect(await serve({ method: 'GET', headers: { 'accept-encoding': 'br' } } as never, {} as never, URL)).toBe(false);
});
