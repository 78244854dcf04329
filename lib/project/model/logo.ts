export type Logo = { mediaType: LogoMediaType; bytes: Uint8Array<ArrayBuffer> };

export const LOGO_MEDIA_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const;
export type LogoMediaType = (typeof LOGO_MEDIA_TYPES)[number];
export const MAX_LOGO_BYTES = 256 * 1024;

/** Mails carry a logo up to this size, and only the name beside a larger one: each message repeats it. */
export const MAX_MAILED_LOGO_BYTES = 64 * 1024;

/**
 * The media type by the first bytes (WHATWG MIME Sniffing §6.1), or null. SVG is excluded: it is a document that runs
 * scripts.
 */
export function logoMediaType(bytes: Uint8Array): LogoMediaType | null {
  const startsWith = (signature: number[], at = 0) => signature.every((byte, index) => bytes[at + index] === byte);
  if (startsWith([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  if (startsWith([0xff, 0xd8, 0xff])) return 'image/jpeg';
  const isWebp = startsWith([0x52, 0x49, 0x46, 0x46]) && startsWith([0x57, 0x45, 0x42, 0x50, 0x56, 0x50], 8);
  return isWebp ? 'image/webp' : null;
}
