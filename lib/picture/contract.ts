import { z } from 'zod';
import { MAX_PICTURE_BYTES } from './model';

/** Three bytes are four characters of base64 (RFC 4648 §4). */
const MAX_CHARACTERS = 4 * Math.ceil((MAX_PICTURE_BYTES + 3) / 3);

/** An image as a page sends it. Longer text is refused before it is decoded. */
export const pictureInput = z
  .strictObject({ base64: z.base64().max(MAX_CHARACTERS) })
  .transform(({ base64 }) => new Uint8Array(Buffer.from(base64, 'base64')));
