import type { PictureFault, Size } from '../model';

/** Markers (ITU-T T.81 table B.1). */
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP14 = 0xee;
const COM = 0xfe;
/** Quantization and Huffman tables, restart interval. */
const TABLES = new Set([0xdb, 0xc4, 0xdd]);
/** Baseline, extended and progressive frames with Huffman coding, which browsers show. */
const FRAMES = new Set([0xc0, 0xc1, 0xc2]);

/** A segment from its marker to the next one: a scan with its entropy-coded data. `content` follows the length. */
type Segment = { marker: number; from: number; to: number; content: Uint8Array };

/** Reads a file that begins with SOI: every segment, up to the last byte. Tables and scans are not decoded. */
export function readJpeg(bytes: Uint8Array): Size | PictureFault {
  const segments = segmentsOf(bytes);
  if (!segments) return 'format';
  let size: Size | null = null;
  let hasScan = false;
  for (const { marker, content } of segments) {
    if (isApplicationData(marker)) {
      if (!isAllowed(marker, content)) return 'metadata';
    } else if (FRAMES.has(marker)) {
      if (size) return 'format';
      size = readFrame(content);
      if (!size) return 'format';
    } else if (marker === SOS) {
      if (!size) return 'format';
      hasScan = true;
    } else if (!TABLES.has(marker)) return 'format';
  }
  return size && hasScan ? size : 'format';
}

/**
 * The same image without EXIF, XMP, ICC profile and comments, which browsers add when they encode. Null if it is not a
 * JPEG image.
 */
export function withoutMetadata(bytes: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const segments = segmentsOf(bytes);
  if (!segments) return null;
  const kept = segments.filter(({ marker, content }) => !isApplicationData(marker) || isAllowed(marker, content));
  const parts = [[0xff, SOI], ...kept.map(({ from, to }) => bytes.subarray(from, to)), [0xff, EOI]];
  const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

/** Between SOI and EOI, which must be the first and the last bytes. Null if the file is anything else. */
function segmentsOf(bytes: Uint8Array): Segment[] | null {
  const segments: Segment[] = [];
  for (let at = 2; at + 2 <= bytes.length; ) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff) return null;
    if (marker === EOI) return at + 2 === bytes.length ? segments : null;
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) return null;
    const to = marker === SOS ? endOfScan(bytes, end) : end;
    segments.push({ marker, from: at, to, content: bytes.subarray(at + 4, end) });
    at = to;
  }
  return null;
}

/** The position of the marker after entropy-coded data, which contains 0xff only before 0x00 or as RST (§B.1.1.5). */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 2)) {
    const next = bytes[at + 1] ?? 0;
    const isData = next === 0 || (next >= 0xd0 && next <= 0xd7);
    if (!isData) return at;
  }
  return bytes.length;
}

function isApplicationData(marker: number): boolean {
  return (marker >= APP0 && marker <= 0xef) || marker === COM;
}

/** JFIF without a thumbnail (ITU-T T.871 §10.1), and Adobe's note of the color transform. */
function isAllowed(marker: number, content: Uint8Array): boolean {
  if (marker === APP0) return isNamed(content, 'JFIF\0') && content.length === 14 && !content[12] && !content[13];
  return marker === APP14 && isNamed(content, 'Adobe') && content.length === 12;
}

function isNamed(content: Uint8Array, name: string): boolean {
  return String.fromCharCode(...content.subarray(0, name.length)) === name;
}

/** 8 bits per sample, one or three components. A height of 0 would follow later (DNL), which browsers do not read. */
function readFrame(content: Uint8Array): Size | null {
  const [precision, heightHigh = 0, heightLow = 0, widthHigh = 0, widthLow = 0, components = 0] = content;
  const [width, height] = [(widthHigh << 8) | widthLow, (heightHigh << 8) | heightLow];
  const isKnown = precision === 8 && (components === 1 || components === 3) && content.length === 6 + 3 * components;
  return isKnown && width > 0 && height > 0 ? { width, height } : null;
}
