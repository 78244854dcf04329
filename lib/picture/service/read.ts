import { inflateExactly } from '../inflate';
import {
  MAX_PICTURE_BYTES,
  MAX_PICTURE_SIDE,
  type Picture,
  type PictureFault,
  type PictureMediaType,
  pictureMediaType,
  pictureRefused,
  type Size,
} from '../model';
import { readJpeg } from '../model/jpeg';
import { type Png, readPng } from '../model/png';
import { readWebp } from '../model/webp';

/**
 * An uploaded picture, whose whole structure is read: nothing but the image is accepted, so that nothing else is stored
 * and served. Refuses: `invalid_input` at `/picture` (`size`, `format`, `dimensions`, `metadata`, `animation`).
 */
export async function readPicture(bytes: Uint8Array<ArrayBuffer>): Promise<Picture> {
  const mediaType = pictureMediaType(bytes);
  if (bytes.length > MAX_PICTURE_BYTES) throw pictureRefused('/picture', 'size');
  if (!mediaType) throw pictureRefused('/picture', 'format');
  const found = READERS[mediaType](bytes);
  if (typeof found === 'string') throw pictureRefused('/picture', found);
  if (Math.max(found.width, found.height) > MAX_PICTURE_SIDE) throw pictureRefused('/picture', 'dimensions');
  if ('rows' in found && !(await hasPixels(found))) throw pictureRefused('/picture', 'format');
  return { mediaType, bytes };
}

const READERS: Record<PictureMediaType, (bytes: Uint8Array) => Size | Png | PictureFault> = {
  'image/png': readPng,
  'image/jpeg': readJpeg,
  'image/webp': readWebp,
};

/** Whether the data are the rows of the image, each with a known filter (PNG third edition §9.2). */
async function hasPixels({ data, rows }: Png): Promise<boolean> {
  const length = rows.reduce((sum, [bytes, count]) => sum + bytes * count, 0);
  const inflated = await inflateExactly(data, length);
  if (!inflated) return false;
  let at = 0;
  for (const [bytes, count] of rows) {
    for (let row = 0; row < count; row++, at += bytes) if ((inflated[at] ?? 0) > 4) return false;
  }
  return true;
}
