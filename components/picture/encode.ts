import { MAX_MAILED_BYTES } from '@/lib/picture/model';
import { withoutMetadata } from '@/lib/picture/model/jpeg';
import { type Crop, squareOf, storedSide } from './crop';

const QUALITIES = [0.9, 0.8, 0.7, 0.6, 0.5] as const;

/** Upright, as EXIF says. Rejects for a file that is no image. */
export function decodeImage(file: Blob): Promise<ImageBitmap> {
  return createImageBitmap(file, { imageOrientation: 'from-image' });
}

/** Draws the section on a square canvas of this side. JPEG has no transparency: it becomes white. */
export function drawSection(canvas: HTMLCanvasElement, image: ImageBitmap, crop: Crop, side: number): void {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('The browser has no canvas');
  const from = squareOf(image, crop);
  canvas.width = side;
  canvas.height = side;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, side, side);
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, from.left, from.top, from.side, from.side, 0, 0, side, side);
}

/** The section as a JPEG of nothing but pixels, small enough for mails unless it is very detailed. */
export async function encodeSection(image: ImageBitmap, crop: Crop): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = document.createElement('canvas');
  drawSection(canvas, image, crop, storedSide(squareOf(image, crop)));
  let encoded: Uint8Array<ArrayBuffer> | null = null;
  for (const quality of QUALITIES) {
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
    // Safari adds EXIF, and Chrome a color profile.
    encoded = blob && withoutMetadata(new Uint8Array(await blob.arrayBuffer()));
    if (!encoded) throw new Error('The browser encodes no JPEG');
    if (encoded.length <= MAX_MAILED_BYTES) break;
  }
  if (!encoded) throw new Error('The browser encodes no JPEG');
  return encoded;
}
