import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeFormText, readForm } from './form';

const read = (
  body: string | Uint8Array<ArrayBuffer>,
  type = 'application/x-www-form-urlencoded',
  repeatable: string[] = [],
) =>
  readForm(new Request('https://id.example.com/', { method: 'POST', body, headers: { 'content-type': type } }), {
    limit: 1000,
    repeatable,
  });

describe('readForm', () => {
  test('reads what URLSearchParams writes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string({ unit: 'grapheme', maxLength: 20 }), {
          minKeys: 1,
        }),
        async (fields) => {
          fc.pre(!Object.values(fields).some((value) => value.includes('\0')));
          const body = new URLSearchParams(fields).toString();
          fc.pre(body.length < 1000);
          const form = await read(body);
          for (const [name, value] of Object.entries(fields))
            expect(form.get(name)).toBe(value === '' ? undefined : value);
        },
      ),
    );
  });

  test.each(['application/x-www-form-urlencoded; charset=UTF-8', 'Application/X-WWW-Form-Urlencoded;charset=utf-8'])(
    'accepts %s',
    async (type) => {
      expect((await read('a=b', type)).get('a')).toBe('b');
    },
  );

  test.each([
    'application/json',
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencodedx',
  ])('refuses %s', async (type) => {
    await expect(read('a=b', type)).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('a field without a value counts as omitted, with or without an equals sign', async () => {
    const form = await read('a=&b&c=d&&');
    expect([form.get('a'), form.get('b'), form.get('c')]).toEqual([undefined, undefined, 'd']);
  });

  test('only repeatable fields may repeat', async () => {
    expect((await read('a=1&a=2', undefined, ['a'])).getAll('a')).toEqual(['1', '2']);
    for (const body of ['a=1&a=2', 'a=1&a=1', 'a=&a=1', 'a&a', 'a=1&%61=2']) {
      await expect(read(body), body).rejects.toMatchObject({ code: 'invalid_input' });
    }
  });

  test.each([
    ['nothing', ''],
    ['only separators', '&&'],
    ['a lone percent', 'a=%'],
    ['half an escape', 'a=%4'],
    ['no hexadecimal digits', 'a=%zz'],
    ['broken UTF-8 in escapes', 'a=%ff'],
    ['half of a surrogate pair', 'a=%ED%A0%80'],
    ['NUL', 'a=b%00c'],
    ['NUL in a name', 'a%00=b'],
  ])('refuses %s', async (_label, body) => {
    await expect(read(body)).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('refuses bytes that are not valid UTF-8', async () => {
    await expect(read(new Uint8Array([0x61, 0x3d, 0xff]))).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('refuses more bytes than allowed, with and without Content-Length', async () => {
    await expect(read(`a=${'x'.repeat(1000)}`)).rejects.toMatchObject({ code: 'payload_too_large' });
    const body = new Blob([`a=${'x'.repeat(1000)}`]).stream();
    const request = new Request('https://id.example.com/', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      duplex: 'half',
    } as RequestInit);
    await expect(readForm(request, { limit: 1000 })).rejects.toMatchObject({ code: 'payload_too_large' });
  });
});

describe('decodeFormText', () => {
  test('decodes as Appendix B of RFC 6749 specifies', () => {
    expect(decodeFormText('+%25%26%2B%C2%A3%E2%82%AC')).toBe(' %&+£€');
  });
});
