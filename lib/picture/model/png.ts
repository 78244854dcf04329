import type { PictureFault, Size } from '../model';

/** An image whose container is sound; its `data` must still inflate to `rows`. */
export type Png = Size & {
  /** The zlib stream in pieces. */
  data: Uint8Array[];
  /** For each pass of the image: bytes in a row, with its filter byte, and number of rows. */
  rows: Array<[bytes: number, count: number]>;
};

/** Chunks that only say how to show the pixels, with their longest length (PNG third edition §11.3). */
const ALLOWED: Record<string, number> = {
  PLTE: 3 * 256,
  tRNS: 256,
  sRGB: 1,
  gAMA: 4,
  cHRM: 32,
  pHYs: 9,
  sBIT: 4,
  bKGD: 6,
};
const ANIMATION = new Set(['acTL', 'fcTL', 'fdAT']);
/** Samples per pixel and the bit depths of each color type (§11.2.1). */
const COLOR_TYPES: Record<number, { samples: number; depths: number[] }> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};
/** First column, first row, and distance between columns and rows of each pass (§8.1, Adam7). */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** Reads a file that begins with the signature: every chunk with its checksum, up to the last byte. */
export function readPng(bytes: Uint8Array): Png | PictureFault {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data: Uint8Array[] = [];
  const seen = new Set<string>();
  let header: Omit<Png, 'data'> | null = null;
  for (let at = 8, last = ''; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (end > bytes.length || view.getUint32(end - 4) !== crc32(bytes.subarray(at + 4, end - 4))) return 'format';
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const content = bytes.subarray(at + 8, end - 4);
    if (type === 'IDAT') {
      if (!header || (last !== 'IDAT' && data.length > 0)) return 'format'; // consecutive (§5.6)
      data.push(content);
    } else if (type === 'IHDR') {
      if (at > 8) return 'format';
      header = readHeader(content);
      if (!header) return 'format';
    } else if (type === 'IEND') {
      const isComplete = header !== null && data.length > 0 && length === 0 && end === bytes.length;
      return isComplete && header ? { ...header, data } : 'format';
    } else {
      const fault = faultOf(type, length, seen);
      if (fault) return fault;
      seen.add(type);
    }
    last = type;
    at = end;
  }
  return 'format';
}

function faultOf(type: string, length: number, seen: Set<string>): PictureFault | null {
  if (ANIMATION.has(type)) return 'animation';
  const longest = ALLOWED[type];
  if (longest !== undefined) return length <= longest && !seen.has(type) ? null : 'format';
  // Bit 5 of the first byte: ancillary (§5.4)
  return type.charCodeAt(0) & 0x20 ? 'metadata' : 'format';
}

function readHeader(content: Uint8Array): Omit<Png, 'data'> | null {
  if (content.length !== 13) return null;
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth = 0, colorType = 0, compression, filter, interlace = 0] = content.subarray(8);
  const color = COLOR_TYPES[colorType];
  const isKnown = compression === 0 && filter === 0 && interlace <= 1;
  if (!color?.depths.includes(depth) || !isKnown || width === 0 || height === 0) return null;
  const passes = interlace === 1 ? ADAM7 : [[0, 0, 1, 1] as const];
  const rows = passes.flatMap(([left, top, across, down]): Png['rows'] => {
    const columns = Math.ceil((width - left) / across);
    const count = Math.ceil((height - top) / down);
    return columns > 0 && count > 0 ? [[1 + Math.ceil((columns * color.samples * depth) / 8), count]] : [];
  });
  return { width, height, rows };
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (TABLE[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
