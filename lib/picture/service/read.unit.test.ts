import { describe, expect, test } from 'vitest';
import {
  jpegOf,
  jpegSegment,
  pngChunk,
  pngOf,
  webpChunk,
  webpHeader,
  webpLossless,
  webpLossy,
  webpOf,
} from '@/testing/pictures';
import { MAX_PICTURE_BYTES } from '../model';
import { withoutMetadata } from '../model/jpeg';
import { readPicture } from './read';

const text = (content: string) => [...Buffer.from(content)];
const EXIF = text('Exif\0\0MM\0*');
const ICC = text('ICC_PROFILE\0\x01\x01');
const large = { width: 1025, height: 8 };

async function faultOf(bytes: Uint8Array<ArrayBuffer>): Promise<string | null> {
  try {
    await readPicture(bytes);
    return null;
  } catch (error) {
    const { code, details } = error as {
      code: string;
      details: { violations: { pointer: string; keyword: string }[] };
    };
    const [violation] = details.violations;
    return `${code} ${violation?.pointer} ${violation?.keyword}`;
  }
}

describe('accepts', () => {
  const interlaced = pngOf({ width: 1, height: 1, interlace: 1, pixels: new Uint8Array([0, 7]) });
  test.each([
    ['a PNG', 'image/png', pngOf()],
    [
      'a PNG with color notes',
      'image/png',
      pngOf({ extra: [...pngChunk('sRGB', [0]), ...pngChunk('gAMA', [0, 0, 1, 2])] }),
    ],
    ['an interlaced PNG', 'image/png', interlaced],
    ['the largest PNG', 'image/png', pngOf({ width: 1024, height: 1024 })],
    ['a JPEG', 'image/jpeg', jpegOf()],
    [
      'a JPEG with Adobe’s transform',
      'image/jpeg',
      jpegOf({ extra: jpegSegment(0xee, [...text('Adobe'), 0, 100, 0, 0, 0, 0, 1]) }),
    ],
    ['a lossy WebP', 'image/webp', webpOf(webpLossy())],
    ['a lossless WebP', 'image/webp', webpOf(webpLossless())],
    ['a WebP with alpha', 'image/webp', webpOf(webpHeader(0x10), webpChunk('ALPH', [0]), webpLossy())],
  ])('%s', async (_, mediaType, bytes) => {
    expect(await readPicture(bytes)).toEqual({ mediaType, bytes });
  });
});

describe('refuses metadata and animation', () => {
  test.each([
    ['a PNG with a comment', 'metadata', pngOf({ extra: pngChunk('tEXt', text('Comment\0here')) })],
    ['a PNG with XMP', 'metadata', pngOf({ extra: pngChunk('iTXt', text('XML:com.adobe.xmp')) })],
    ['a PNG with EXIF', 'metadata', pngOf({ extra: pngChunk('eXIf', text('MM\0*')) })],
    ['a PNG with a color profile', 'metadata', pngOf({ extra: pngChunk('iCCP', text('name\0\0x')) })],
    ['a PNG with a time', 'metadata', pngOf({ extra: pngChunk('tIME', [7, 234, 1, 1, 0, 0, 0]) })],
    ['an animated PNG', 'animation', pngOf({ extra: pngChunk('acTL', [0, 0, 0, 1, 0, 0, 0, 0]) })],
    ['a JPEG with EXIF', 'metadata', jpegOf({ extra: jpegSegment(0xe1, EXIF) })],
    ['a JPEG with a color profile', 'metadata', jpegOf({ extra: jpegSegment(0xe2, ICC) })],
    ['a JPEG with Photoshop’s data', 'metadata', jpegOf({ extra: jpegSegment(0xed, text('Photoshop 3.0\0')) })],
    ['a JPEG with a comment', 'metadata', jpegOf({ extra: jpegSegment(0xfe, text('here')) })],
    [
      'a JPEG with a thumbnail',
      'metadata',
      jpegOf({ extra: jpegSegment(0xe0, [...text('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 1, 1, 9, 9, 9]) }),
    ],
    ['a JPEG with more than JFIF says', 'metadata', jpegOf({ extra: jpegSegment(0xe0, text('JFXX\0here')) })],
    ['a WebP with EXIF', 'metadata', webpOf(webpHeader(0x08), webpLossy(), webpChunk('EXIF', EXIF))],
    ['a WebP with hidden EXIF', 'metadata', webpOf(webpHeader(0), webpLossy(), webpChunk('EXIF', EXIF))],
    ['a WebP with XMP', 'metadata', webpOf(webpHeader(0x04), webpLossy(), webpChunk('XMP ', text('<x/>')))],
    ['a WebP with a color profile', 'metadata', webpOf(webpHeader(0x20), webpChunk('ICCP', ICC), webpLossy())],
    ['an animated WebP', 'animation', webpOf(webpHeader(0x02), webpChunk('ANIM', [0, 0, 0, 0, 0, 0]))],
  ])('%s', async (_, keyword, bytes) => {
    expect(await faultOf(bytes)).toBe(`invalid_input /picture ${keyword}`);
  });
});

describe('refuses what is too large', () => {
  test.each([
    ['pixels of a PNG', 'dimensions', pngOf(large)],
    ['pixels of a JPEG', 'dimensions', jpegOf({ width: 8, height: 1025 })],
    ['pixels of a WebP', 'dimensions', webpOf(webpLossless(large))],
    ['a file', 'size', new Uint8Array([...jpegOf(), ...new Uint8Array(MAX_PICTURE_BYTES)])],
  ])('%s', async (_, keyword, bytes) => {
    expect(await faultOf(bytes)).toBe(`invalid_input /picture ${keyword}`);
  });
});

describe('refuses what is not such an image', () => {
  const changed = (bytes: Uint8Array<ArrayBuffer>, at: number, value: number) => {
    const copy = new Uint8Array(bytes);
    copy[at] = value;
    return copy;
  };
  const deep = { width: 4, height: 4, pixels: new Uint8Array(21) };
  test.each([
    ['nothing', new Uint8Array()],
    ['SVG', new Uint8Array(text('<svg xmlns="http://www.w3.org/2000/svg"/>'))],
    ['a signature alone', pngOf().slice(0, 8)],
    ['bytes after a PNG', new Uint8Array([...pngOf(), 1])],
    ['a PNG with a wrong checksum', changed(pngOf(), 30, 1)],
    ['a PNG without its end', pngOf({ end: [] })],
    ['a PNG with another critical chunk', pngOf({ extra: pngChunk('ABCD') })],
    ['a PNG that says a color note twice', pngOf({ extra: [...pngChunk('sRGB', [0]), ...pngChunk('sRGB', [0])] })],
    ['a PNG with pixels missing', pngOf({ ...deep, pixels: new Uint8Array(19) })],
    ['a PNG with more data than pixels', pngOf(deep)],
    ['a PNG with an unknown filter', pngOf({ pixels: new Uint8Array(20).fill(5) })],
    ['a PNG without pixels', pngOf({ width: 0, height: 4 })],
    ['bytes after a JPEG', new Uint8Array([...jpegOf(), 0])],
    ['a JPEG without its end', jpegOf({ end: [] })],
    ['a JPEG with text between its segments', jpegOf({ extra: text('<script>') })],
    ['a JPEG without a frame', new Uint8Array([0xff, 0xd8, 0xff, 0xd9])],
    ['a JPEG without width', jpegOf({ width: 0 })],
    ['a JPEG of two frames', jpegOf({ extra: jpegSegment(0xc0, [8, 0, 4, 0, 4, 1, 1, 0x11, 0]) })],
    ['bytes after a WebP', new Uint8Array([...webpOf(webpLossy()), 0, 0])],
    ['a WebP of two images', webpOf(webpLossy(), webpLossy())],
    ['a WebP whose header says another size', webpOf(webpHeader(0x10, { width: 5 }), webpLossy())],
    ['a WebP without an image', webpOf(webpHeader(0))],
    ['half a WebP', webpOf(webpLossy()).slice(0, 24)],
  ])('%s', async (_, bytes) => {
    expect(await faultOf(bytes)).toBe('invalid_input /picture format');
  });

  test('every JPEG, PNG and WebP that is cut anywhere', async () => {
    for (const whole of [pngOf(), jpegOf(), webpOf(webpLossy()), webpOf(webpHeader(0x10), webpLossless())]) {
      for (let length = 0; length < whole.length; length++)
        expect(await faultOf(whole.slice(0, length)), String(length)).toBe('invalid_input /picture format');
    }
  });
});

describe('without metadata', () => {
  test('a JPEG of a browser is accepted', async () => {
    const extra = [...jpegSegment(0xe1, EXIF), ...jpegSegment(0xe2, ICC), ...jpegSegment(0xfe, text('here'))];
    expect(withoutMetadata(jpegOf({ extra }))).toEqual(jpegOf());
  });

  test('anything else stays refused', () => {
    expect(withoutMetadata(new Uint8Array([...jpegOf(), 1]))).toBeNull();
    expect(withoutMetadata(pngOf())).toBeNull();
  });
});
