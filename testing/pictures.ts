import { crc32, deflateSync } from 'node:zlib';

/** Images as their formats define them, with parts to add. Sizes in pixels. */
type Of = { width?: number; height?: number };

const u16 = (value: number) => [value >> 8, value & 0xff];
const u32 = (value: number) => [value >>> 24, (value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff];
const ascii = (text: string) => [...Buffer.from(text, 'latin1')];

export function pngChunk(type: string, content: Iterable<number> = []): number[] {
  const body = [...ascii(type), ...content];
  return [...u32(body.length - 4), ...body, ...u32(crc32(Buffer.from(body)))];
}

/** Grey pixels. `extra`: chunks before the pixels; `pixels`: the uncompressed rows. */
export function pngOf({
  width = 4,
  height = 4,
  interlace = 0,
  extra = [],
  pixels = new Uint8Array((1 + width) * height),
  end = pngChunk('IEND'),
}: Of & { interlace?: number; extra?: number[]; pixels?: Uint8Array; end?: number[] } = {}): Uint8Array<ArrayBuffer> {
  const header = [...u32(width), ...u32(height), 8, 0, 0, 0, interlace];
  return new Uint8Array([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...pngChunk('IHDR', header),
    ...extra,
    ...pngChunk('IDAT', deflateSync(pixels)),
    ...end,
  ]);
}

export function jpegSegment(marker: number, content: Iterable<number>): number[] {
  const body = [...content];
  return [0xff, marker, ...u16(body.length + 2), ...body];
}

const JFIF = jpegSegment(0xe0, [...ascii('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]);
const SCAN = [...jpegSegment(0xda, [1, 1, 0, 0, 63, 0]), 0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56];

/** One grey component. `extra`: segments after JFIF; `end`: what follows the scan. */
export function jpegOf({
  width = 4,
  height = 4,
  extra = [],
  end = [0xff, 0xd9],
}: Of & { extra?: number[]; end?: number[] } = {}): Uint8Array<ArrayBuffer> {
  const table = jpegSegment(0xdb, [0, ...new Uint8Array(64).fill(1)]);
  const frame = jpegSegment(0xc0, [8, ...u16(height), ...u16(width), 1, 1, 0x11, 0]);
  return new Uint8Array([0xff, 0xd8, ...JFIF, ...extra, ...table, ...frame, ...SCAN, ...end]);
}

const le = (value: number, bytes: number) => Array.from({ length: bytes }, (_, at) => (value >> (8 * at)) & 0xff);

export function webpChunk(type: string, content: Iterable<number>): number[] {
  const body = [...content];
  return [...ascii(type), ...le(body.length, 4), ...body, ...(body.length % 2 ? [0] : [])];
}

/** The chunk of a lossy image. */
export function webpLossy({ width = 4, height = 4 }: Of = {}): number[] {
  return webpChunk('VP8 ', [0x10, 0, 0, 0x9d, 0x01, 0x2a, ...le(width, 2), ...le(height, 2), 0, 0]);
}

export function webpLossless({ width = 4, height = 4 }: Of = {}): number[] {
  return webpChunk('VP8L', [0x2f, ...le((width - 1) | ((height - 1) << 14), 4), 0, 0, 0, 0, 0, 0]);
}

/** The extended header with these flags. */
export function webpHeader(flags: number, { width = 4, height = 4 }: Of = {}): number[] {
  return webpChunk('VP8X', [flags, 0, 0, 0, ...le(width - 1, 3), ...le(height - 1, 3)]);
}

export function webpOf(...chunks: number[][]): Uint8Array<ArrayBuffer> {
  const body = [...ascii('WEBP'), ...chunks.flat()];
  return new Uint8Array([...ascii('RIFF'), ...le(body.length, 4), ...body]);
}
