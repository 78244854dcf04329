import { AppError } from '@/lib/platform/errors';

export const PICTURE_MEDIA_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const;
export type PictureMediaType = (typeof PICTURE_MEDIA_TYPES)[number];
export type Picture = { mediaType: PictureMediaType; bytes: Uint8Array<ArrayBuffer> };

/** A person's picture as stored. */
export type StoredPicture = Picture & {
  /** Random and unguessable; the last segment of its URL. Another picture has another one. */
  id: string;
  projectId: string;
  identityId: string;
};

export const MAX_PICTURE_BYTES = 256 * 1024;
/** In pixels. */
export const MAX_PICTURE_SIDE = 1024;
/** Mails carry images up to this size, because each message repeats them, and only the text beside larger ones. */
export const MAX_MAILED_BYTES = 64 * 1024;

/** In pixels. */
export type Size = { width: number; height: number };
/** Why an image is refused: the `keyword` of the violation. */
export type PictureFault = 'size' | 'format' | 'dimensions' | 'metadata' | 'animation';

const MESSAGES: Record<PictureFault, string> = {
  size: `is larger than ${MAX_PICTURE_BYTES / 1024} KiB`,
  format: 'is not a complete PNG, JPEG or WebP image',
  dimensions: `is larger than ${MAX_PICTURE_SIDE} × ${MAX_PICTURE_SIDE} pixels`,
  metadata: 'contains metadata',
  animation: 'is animated',
};

/** The refusal: `invalid_input` at this pointer. */
export function pictureRefused(pointer: '/picture' | '/logo', fault: PictureFault): AppError {
  return new AppError('invalid_input', { violations: [{ pointer, message: MESSAGES[fault], keyword: fault }] });
}

/**
 * The media type by the first bytes (WHATWG MIME Sniffing §6.1), or null. SVG is excluded: it is a document that runs
 * scripts.
 */
export function pictureMediaType(bytes: Uint8Array): PictureMediaType | null {
  const startsWith = (signature: number[], at = 0) => signature.every((byte, index) => bytes[at + index] === byte);
  if (startsWith([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  if (startsWith([0xff, 0xd8, 0xff])) return 'image/jpeg';
  const isWebp = startsWith([0x52, 0x49, 0x46, 0x46]) && startsWith([0x57, 0x45, 0x42, 0x50, 0x56, 0x50], 8);
  return isWebp ? 'image/webp' : null;
}

/** Such as `logo.png`. */
export function imageFileName(name: string, { mediaType }: Pick<Picture, 'mediaType'>): string {
  return `${name}.${mediaType.slice('image/'.length)}`;
}

/** The URL of a picture, on the project's primary origin. */
export function toPictureUrl(origin: string, id: string): string {
  return `${origin}${toPicturePath(id)}`;
}

/** The path of a picture on the page's own host, which may be the console's. Null without a picture. */
export function toPicturePath(id: string): string;
export function toPicturePath(id: string | null): string | null;
export function toPicturePath(id: string | null): string | null {
  return id === null ? null : `/pictures/${id}`;
}
