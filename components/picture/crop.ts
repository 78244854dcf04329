/** The square section of an image: its zoom, and its position within the room that the zoom leaves, from 0 to 1. */
export type Crop = { zoom: number; x: number; y: number };
/** In pixels of the image. */
export type ImageSize = { width: number; height: number };
export type Square = { left: number; top: number; side: number };

export const WHOLE: Crop = { zoom: 1, x: 0.5, y: 0.5 };
export const MAX_ZOOM = 4;
/** Stored pictures have at most this many pixels on a side: enough for the largest avatar on a dense screen. */
const MAX_SIDE = 512;

export function squareOf({ width, height }: ImageSize, { zoom, x, y }: Crop): Square {
  const side = Math.min(width, height) / zoom;
  return { left: (width - side) * x, top: (height - side) * y, side };
}

/** The crop after the image was dragged by this part of the shown square. */
export function dragged(size: ImageSize, crop: Crop, by: { x: number; y: number }): Crop {
  const { side } = squareOf(size, crop);
  const moved = (position: number, room: number, distance: number) =>
    room > 0 ? clamp(position - (distance * side) / room) : position;
  return { ...crop, x: moved(crop.x, size.width - side, by.x), y: moved(crop.y, size.height - side, by.y) };
}

/** Keeps the center where it is, as far as the edges allow. */
export function zoomed(size: ImageSize, crop: Crop, zoom: number): Crop {
  const before = squareOf(size, crop);
  const { side } = squareOf(size, { ...crop, zoom });
  const placed = (start: number, length: number) =>
    length > side ? clamp((start + (before.side - side) / 2) / (length - side)) : 0.5;
  return { zoom, x: placed(before.left, size.width), y: placed(before.top, size.height) };
}

/** Pixels on a side of the stored picture: never more than the section has. */
export function storedSide({ side }: Square): number {
  return Math.max(1, Math.min(MAX_SIDE, Math.round(side)));
}

function clamp(position: number): number {
  return Math.min(1, Math.max(0, position));
}
