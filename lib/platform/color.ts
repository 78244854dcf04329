import {
  type Color,
  clampChroma,
  converter,
  displayable,
  formatHex,
  modeLrgb,
  modeOklab,
  modeOklch,
  modeRgb,
  parseHex as readHex,
  useMode as registerMode,
  wcagContrast,
} from 'culori/fn';

/** The adapter to culori. Pure: runs in the browser, on the server and in tests. */
export type { Color };

/** Lightness from 0 to 1, chroma, hue in degrees. */
export type Oklch = readonly [number, number, number];

// culori knows only registered color spaces.
for (const mode of [modeRgb, modeLrgb, modeOklab, modeOklch]) registerMode(mode);
const convertToOklch = converter('oklch');

const HEX = /^#[0-9a-f]{6}$/;

/** `#rrggbb` in small letters. */
export function isHexColor(text: string): boolean {
  return HEX.test(text);
}

/** Throws when `hex` is not `#rrggbb`. */
export function parseHex(hex: string): Color {
  const color = readHex(hex);
  if (!color) throw new Error(`${hex} is not a color`);
  return color;
}

export function toHex(color: Color): string {
  return formatHex(color);
}

/** The color, with its chroma reduced to fit sRGB (CSS Color 4 §13.2). */
export function fromOklch([l, c, h]: Oklch): Color {
  const color = { mode: 'oklch', l, c, h } as const;
  return displayable(color) ? color : clampChroma(color, 'oklch');
}

export function toOklch(color: Color): Oklch {
  const { l, c, h = 0 } = convertToOklch(color);
  return [Math.min(1, l), c, h]; // white is slightly above 1
}

/** WCAG 2.2 contrast ratio: from 1 to 21. */
export function contrast(one: Color, other: Color): number {
  return wcagContrast(one, other);
}
