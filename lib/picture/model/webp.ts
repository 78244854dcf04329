import type { PictureFault, Size } from '../model';

/** Bits of the extended header (RFC 9649 §2.7). */
const ICC = 0x20;
const ALPHA = 0x10;
const EXIF = 0x08;
const XMP = 0x04;
const ANIMATION = 0x02;

type Chunk = { type: string; content: Uint8Array };

/** Reads a file that begins with `RIFF` and `WEBP`: every chunk, up to the last byte. The bitstream is not decoded. */
export function readWebp(bytes: Uint8Array): Size | PictureFault {
  const chunks = chunksOf(bytes);
  if (!chunks) return 'format';
  const fault = chunks.map(faultOf).find((found) => found !== null);
  if (fault) return fault;
  const types = chunks.map(({ type }) => type).join();
  const bitstream = sizeOf(chunks.at(-1));
  if (!bitstream) return 'format';
  if (/^VP8[ L]$/.test(types)) return bitstream;
  // Only alpha is needed beside the image itself.
  const canvas = /^VP8X,(ALPH,VP8 |VP8[ L])$/.test(types) ? sizeOf(chunks[0]) : null;
  return canvas?.width === bitstream.width && canvas.height === bitstream.height ? canvas : 'format';
}

/** Of even length, padded with 0 (§2.3). Null if the file is anything else. */
function chunksOf(bytes: Uint8Array): Chunk[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 20 || view.getUint32(4, true) !== bytes.length - 8) return null;
  const chunks: Chunk[] = [];
  for (let at = 12; at < bytes.length; ) {
    if (at + 8 > bytes.length) return null;
    const length = view.getUint32(at + 4, true);
    const [end, padded] = [at + 8 + length, at + 8 + length + (length % 2)];
    if (padded > bytes.length || (padded > end && bytes[end] !== 0)) return null;
    const type = String.fromCharCode(...bytes.subarray(at, at + 4));
    chunks.push({ type, content: bytes.subarray(at + 8, end) });
    at = padded;
  }
  return chunks;
}

function faultOf({ type, content }: Chunk): PictureFault | null {
  switch (type) {
    case 'VP8 ':
    case 'VP8L':
    case 'ALPH':
      return null;
    case 'VP8X': {
      const [flags = 0, ...rest] = content.subarray(0, 4);
      if (content.length !== 10) return 'format';
      if (flags & ANIMATION) return 'animation';
      if (flags & (ICC | EXIF | XMP)) return 'metadata';
      return (flags & ~ALPHA) === 0 && rest.every((reserved) => reserved === 0) ? null : 'format';
    }
    case 'ANIM':
    case 'ANMF':
      return 'animation';
    default:
      return 'metadata';
  }
}

/** The dimensions in an extended header, a lossy key frame (RFC 6386 §9.1) or a lossless image (RFC 9649 §3.4). */
function sizeOf(chunk: Chunk | undefined): Size | null {
  if (!chunk || chunk.content.length < 10) return null;
  const { type, content } = chunk;
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  if (type === 'VP8X') {
    const side = (at: number) => 1 + (view.getUint16(at, true) | (view.getUint8(at + 2) << 16));
    return { width: side(4), height: side(7) };
  }
  if (type === 'VP8L') {
    const bits = view.getUint32(1, true);
    const isKnown = content[0] === 0x2f && bits >>> 29 === 0;
    return isKnown ? { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) } : null;
  }
  const isKeyFrame = ((content[0] ?? 1) & 1) === 0 && content[3] === 0x9d && content[4] === 0x01 && content[5] === 0x2a;
  const size = { width: view.getUint16(6, true) & 0x3fff, height: view.getUint16(8, true) & 0x3fff };
  return isKeyFrame && size.width > 0 && size.height > 0 ? size : null;
}
