import encodeQR from 'qr';

/** A QR code (ISO/IEC 18004) as an SVG path, one unit per module, with the quiet zone of §6.3.8: four modules. */
export type QrCode = { size: number; path: string };

/** Medium error correction: the code is read from a screen. */
export function toQrCode(text: string): QrCode {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 4 });
  const path = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : []))).join('');
  return { size: rows.length, path };
}
