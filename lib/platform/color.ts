/** Colours as CSS and WCAG measure them. Pure: runs in the browser, on the server and in tests. */

/** Linear sRGB, each from 0 to 1. */
export type Rgb = readonly [number, number, number];

/** Lightness from 0 to 1, chroma, hue in degrees. */
export type Oklch = readonly [number, number, number];

const HEX = /^#[0-9a-f]{6}$/;

/** `#rrggbb` in small letters. */
export function isHexColor(text: string): boolean {
  return HEX.test(text);
}

export function parseHex(hex: string): Rgb {
  const channel = (at: number) => toLinear(Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  return [channel(1), channel(3), channel(5)];
}

export function toHex(color: Rgb): string {
  const digits = color.map((value) =>
    Math.round(toGamma(clip(value)) * 255)
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${digits.join('')}`;
}

/** CSS Color 4 §9.3 and the sample code of its appendix: OKLCH → OKLab → LMS → linear sRGB, which may lie outside of the gamut. */
function fromOklchUnclipped([lightness, chroma, hue]: Oklch): Rgb {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

/** The colour, with less chroma where a screen has no such colour. */
export function fromOklch([lightness, chroma, hue]: Oklch): Rgb {
  for (let kept = chroma; kept > 0; kept -= 0.002) {
    const color = fromOklchUnclipped([lightness, kept, hue]);
    if (color.every((value) => value >= -0.0005 && value <= 1.0005))
      return [clip(color[0]), clip(color[1]), clip(color[2])];
  }
  const [r, g, b] = fromOklchUnclipped([lightness, 0, hue]);
  return [clip(r), clip(g), clip(b)];
}

export function toOklch([r, g, b]: Rgb): Oklch {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const lightness = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  const alpha = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const beta = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return [lightness, Math.hypot(alpha, beta), (Math.atan2(beta, alpha) * 180) / Math.PI];
}

/** WCAG 2.2, relative luminance and contrast ratio: from 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function clip(value: number): number {
  return Math.min(1, Math.max(0, value));
}

/** IEC 61966-2-1, as CSS Color 4 §10.2 has it. */
function toLinear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function toGamma(value: number): number {
  return value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
}
