import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Answer } from '../http/answer';
import { PublicText } from './public-text';

const long = 'word '.repeat(500);
const bytesOf = ({ body }: Answer) => Buffer.from(body as string | Uint8Array<ArrayBuffer>);
const ask = (text: PublicText, headers: Record<string, string>) =>
  text.answer(new Request('http://x.test', { headers }), { 'cache-control': 'public' });

test('compresses a long text once per coding, each with its own strong ETag', async () => {
  const text = new PublicText(long, 'text/plain');
  const forms = {
    '': (body: Buffer) => body,
    'GZIP, deflate': gunzipSync,
    'br, gzip': brotliDecompressSync,
    'br; q=0.0 , gzip;q=0.5': gunzipSync,
  };
  const etags = new Set<string | undefined>();
  for (const [accepted, open] of Object.entries(forms)) {
    const answer = await ask(text, { 'accept-encoding': accepted });
    expect(answer.headers).toMatchObject({ vary: 'Accept-Encoding', 'cache-control': 'public' });
    expect(open(bytesOf(answer)).toString()).toBe(long);
    const { etag = '' } = answer.headers;
    const again = await ask(text, { 'accept-encoding': accepted, 'if-none-match': `"x", W/${etag}` });
    expect(again).toEqual({
      status: 304,
      headers: { etag, vary: 'Accept-Encoding', 'cache-control': 'public' },
      body: null,
    });
    expect((await ask(text, { 'accept-encoding': accepted })).body).toBe(answer.body);
    etags.add(etag);
  }
  expect([...etags]).toEqual([
    expect.stringMatching(/^"[\w-]{43}"$/),
    expect.stringMatching(/-gzip"$/),
    expect.stringMatching(/-br"$/),
  ]);
});

test('never compresses a short text', async () => {
  const { headers, body } = await ask(new PublicText('short', 'text/plain'), { 'accept-encoding': 'br' });
  expect(body).toBe('short');
  expect(headers).toEqual({ etag: expect.any(String), 'cache-control': 'public', 'content-type': 'text/plain' });
});
