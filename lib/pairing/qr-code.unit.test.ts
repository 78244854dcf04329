import decodeQR from 'qr/decode.js';
import { expect, test } from 'vitest';
import { toPairingLink } from './model';
import { toQrCode } from './qr-code';

/** Paints the path as a camera sees it: four bytes per pixel. */
function toImage({ size, path }: ReturnType<typeof toQrCode>, scale = 8) {
  const width = size * scale;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x = '', y = ''] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let row = 0; row < scale; row++) {
      for (let column = 0; column < scale; column++) {
        const at = (Number(y) * scale + row) * width + Number(x) * scale + column;
        data.fill(0, at * 4, at * 4 + 3);
      }
    }
  }
  return { width, height: width, data };
}

test.each(['http://localhost:3000', `https://${'identity.'.repeat(12)}example.com`])('is read back: %s', (origin) => {
  const link = toPairingLink(origin, 'AbCdEfGhIjKlMnOpQrStUvW9');
  const code = toQrCode(link);
  expect(code.path).toMatch(/^(M\d+ \d+h1v1h-1z)+$/);
  expect(decodeQR(toImage(code))).toBe(link);
});
