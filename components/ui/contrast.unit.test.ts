import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

type Rgb = [number, number, number];

const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8');

/** `--name: light-dark(oklch(l c h), oklch(l c h))` of the tokens, as linear sRGB. Translucent ones are left out. */
function readTokens(): Map<string, { light: Rgb; dark: Rgb }> {
  const number = String.raw`([\d.]+)`;
  const color = String.raw`oklch\(${number} ${number} ${number}\)`;
  const pattern = new RegExp(String.raw`--([\w-]+):\s*light-dark\(${color},\s*${color}\)`, 'g');
  const tokens = new Map<string, { light: Rgb; dark: Rgb }>();
  for (const [, name = '', ...parts] of css.matchAll(pattern)) {
    const [l1 = 0, c1 = 0, h1 = 0, l2 = 0, c2 = 0, h2 = 0] = parts.map(Number);
    tokens.set(name, { light: toLinearRgb(l1, c1, h1), dark: toLinearRgb(l2, c2, h2) });
  }
  return tokens;
}

/** CSS Color 4 §9.3 and the sample code of its appendix: OKLCH → OKLab → LMS → linear sRGB, clipped to the gamut. */
function toLinearRgb(lightness: number, chroma: number, hue: number): Rgb {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  return [
    clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(one: Rgb, other: Rgb): number {
  const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const tokens = readTokens();
const surfaces = ['surface', 'surface-raised', 'surface-sunken'];
const tones = ['danger', 'success', 'warning', 'info'];

const textPairs = [
  ...['text', 'text-muted', ...tones].flatMap((ink) => surfaces.map((paper) => [ink, paper])),
  ...tones.flatMap((tone) => [tone, 'text', 'text-muted'].map((ink) => [ink, `${tone}-soft`])),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
];

const controlPairs = [
  ...['line-control', 'focus', 'accent'].flatMap((line) => surfaces.map((paper) => [line, paper])),
  ...tones.map((tone) => ['focus', `${tone}-soft`]),
];

test('the measure agrees with known colours', () => {
  expect(contrast(toLinearRgb(1, 0, 0), toLinearRgb(0, 0, 0))).toBeCloseTo(21, 1);
  // #777777 on white is 4.48:1.
  expect(contrast(toLinearRgb(0.5693, 0, 0), toLinearRgb(1, 0, 0))).toBeCloseTo(4.48, 1);
});

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  const ratio = (one = '', other = '') => {
    const [first, second] = [tokens.get(one), tokens.get(other)];
    if (!first || !second) throw new Error(`No token --${first ? other : one} in globals.css`);
    return contrast(first[theme], second[theme]);
  };

  test.each(textPairs)('text: %s on %s reads at 4.5:1', (ink, paper) => {
    expect(ratio(ink, paper)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(controlPairs)('control: %s on %s is found at 3:1', (line, paper) => {
    expect(ratio(line, paper)).toBeGreaterThanOrEqual(3);
  });
});
