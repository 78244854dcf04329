import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64url, toBase64url } from './base64url';

test('encodes as Node does, and decodes it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 50 }), (text) => {
      const encoded = toBase64url(text);
      expect(encoded).toBe(Buffer.from(text).toString('base64url'));
      expect(fromBase64url(encoded)).toBe(text);
    }),
  );
});

test.each(['=', 'YQ==', 'YQ=', 'YR', 'Y', 'Y Q', 'YQ\n', '+w', '_w', 'é', 'YQ.'])(
  'refuses a non-canonical spelling: %j',
  (encoded) => {
    expect(fromBase64url(encoded)).toBeNull();
  },
);

test('preserves a byte order mark', () => {
  expect(fromBase64url(toBase64url('\ufeffid'))).toBe('\ufeffid');
});
