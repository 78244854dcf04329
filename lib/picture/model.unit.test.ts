import { describe, expect, test } from 'vitest';
import { pictureMediaType } from './model';

describe('media type of a picture', () => {
  const bytes = (...parts: Array<number[] | string>) => Buffer.concat(parts.map((part) => Buffer.from(part as never)));

  test.each([
    ['image/png', bytes([0x89], 'PNG\r\n', [0x1a], '\n', [0, 0])],
    ['image/jpeg', bytes([0xff, 0xd8, 0xff, 0xe0])],
    ['image/webp', bytes('RIFF', [1, 2, 3, 4], 'WEBPVP8 ')],
  ])('recognizes %s', (mediaType, picture) => {
    expect(pictureMediaType(picture)).toBe(mediaType);
  });

  test.each([
    ['nothing', bytes()],
    ['SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['GIF', bytes('GIF89a')],
    ['HTML', bytes('<!doctype html>')],
    ['sound in a RIFF container', bytes('RIFF', [1, 2, 3, 4], 'WAVEfmt ')],
    ['half a signature', bytes([0x89], 'PNG')],
  ])('rejects %s', (_, content) => {
    expect(pictureMediaType(content)).toBeNull();
  });
});
