import { expect, test } from 'vitest';
import { dragged, squareOf, storedSide, WHOLE, zoomed } from './crop';

const WIDE = { width: 400, height: 200 };

test('begins with the largest square in the middle', () => {
  expect(squareOf(WIDE, WHOLE)).toEqual({ left: 100, top: 0, side: 200 });
});

test('zooms around the middle of the section', () => {
  expect(squareOf(WIDE, zoomed(WIDE, WHOLE, 2))).toEqual({ left: 150, top: 50, side: 100 });
  const left = { ...WHOLE, x: 0 };
  expect(squareOf(WIDE, zoomed(WIDE, left, 2))).toEqual({ left: 50, top: 50, side: 100 });
});

test('zooming out stays within the image', () => {
  const corner = { zoom: 4, x: 1, y: 1 };
  expect(squareOf(WIDE, zoomed(WIDE, corner, 1))).toEqual({ left: 200, top: 0, side: 200 });
});

test('dragging moves the image with the pointer, up to its edges', () => {
  expect(squareOf(WIDE, dragged(WIDE, WHOLE, { x: 0.25, y: 0 })).left).toBe(50);
  expect(squareOf(WIDE, dragged(WIDE, WHOLE, { x: -9, y: 9 }))).toEqual({ left: 200, top: 0, side: 200 });
});

test('a square image has no room to move without zoom', () => {
  const square = { width: 300, height: 300 };
  expect(dragged(square, WHOLE, { x: 0.5, y: 0.5 })).toEqual(WHOLE);
});

test('stores no more pixels than the section has, and at most 512', () => {
  expect(storedSide({ left: 0, top: 0, side: 2000.4 })).toBe(512);
  expect(storedSide({ left: 0, top: 0, side: 99.6 })).toBe(100);
  expect(storedSide({ left: 0, top: 0, side: 0.2 })).toBe(1);
});
