import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Color, contrast, fromOklch, parseHex, toHex, toOklch } from '@/lib/platform/color';
import { nearestAccent, PRODUCT_ACCENT, toAccentTokens } from '@/lib/project/model/accent';

const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8');

/** The tokens `--name: light-dark(oklch(l c h), oklch(l c h))`; translucent ones are omitted. */
function readTokens(): Map<string, { light: Color; dark: Color }> {
  const number = String.raw`([\d.]+)`;
  const color = String.raw`oklch\(${number} ${number} ${number}\)`;
  const pattern = new RegExp(String.raw`--([\w-]+):\s*light-dark\(${color},\s*${color}\)`, 'g');
  const tokens = new Map<string, { light: Color; dark: Color }>();
  for (const [, name = '', ...parts] of css.matchAll(pattern)) {
    const [l1 = 0, c1 = 0, h1 = 0, l2 = 0, c2 = 0, h2 = 0] = parts.map(Number);
    tokens.set(name, { light: fromOklch([l1, c1, h1]), dark: fromOklch([l2, c2, h2]) });
  }
  return tokens;
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
  ...['line-control', 'focus', 'accent', 'seal'].flatMap((line) => surfaces.map((paper) => [line, paper])),
  ...tones.map((tone) => ['focus', `${tone}-soft`]),
];

test('contrast matches known values', () => {
  expect(contrast(fromOklch([1, 0, 0]), fromOklch([0, 0, 0]))).toBeCloseTo(21, 1);
  // #777777 on white is 4.48:1.
  expect(contrast(fromOklch([0.5693, 0, 0]), fromOklch([1, 0, 0]))).toBeCloseTo(4.48, 1);
});

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  const ratio = (one = '', other = '') => {
    const [first, second] = [tokens.get(one), tokens.get(other)];
    if (!first || !second) throw new Error(`No token --${first ? other : one} in globals.css`);
    return contrast(first[theme], second[theme]);
  };

  test.each(textPairs)('text: %s on %s has at least 4.5:1', (ink, paper) => {
    expect(ratio(ink, paper)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(controlPairs)('control: %s on %s has at least 3:1', (line, paper) => {
    expect(ratio(line, paper)).toBeGreaterThanOrEqual(3);
  });

  test('only danger and the seal are red', () => {
    const isRed = ([name, { [theme]: color }]: [string, { light: Color; dark: Color }]) => {
      const [, chroma, hue] = toOklch(color);
      return chroma > 0.08 && (hue < 50 || hue > 330) && !name.endsWith('-soft');
    };
    expect([...tokens].filter(isRed).map(([name]) => name)).toEqual(['seal', 'danger']);
  });
});

test('color pickers show the product’s accent', () => {
  const accent = tokens.get('accent');
  expect(accent && toHex(accent.light)).toBe(PRODUCT_ACCENT);
});

describe('a project’s accent', () => {
  const anyColor = fc.integer({ min: 0, max: 0xffffff }).map((number) => `#${number.toString(16).padStart(6, '0')}`);
  const inTheme = (theme: 'light' | 'dark', paper: string) => {
    const token = tokens.get(paper);
    if (!token) throw new Error(`No token --${paper} in globals.css`);
    return token[theme];
  };

  test('has contrast with every surface and with its text, for any color', () => {
    fc.assert(
      fc.property(anyColor, (wanted) => {
        const accents = toAccentTokens(nearestAccent(wanted));
        if (!accents) return false;
        return (['light', 'dark'] as const).every((theme) => {
          const { accent, hover, onAccent } = accents[theme];
          const isVisible = surfaces.every((paper) => contrast(parseHex(accent), inTheme(theme, paper)) >= 3);
          const isReadable = [accent, hover].every((back) => contrast(parseHex(onAccent), parseHex(back)) >= 4.5);
          return isVisible && isReadable;
        });
      }),
      { numRuns: 2000 },
    );
  });

  test('is refused only without contrast on light pages; the suggestion is valid', () => {
    expect(toAccentTokens('#ffff00')).toBeNull();
    expect(toAccentTokens('#0b6e4f')?.light.accent).toBe('#0b6e4f');
    expect(nearestAccent('#0b6e4f')).toBe('#0b6e4f');
    expect(nearestAccent('#ffff00')).toMatch(/^#[0-9a-f]{6}$/);
  });

  test.each(['', 'red', '#fff', '#GGGGGG', '#0B6E4F', '#0b6e4f;--x:1', ' #0b6e4f'])('is not a color: %j', (text) => {
    expect(toAccentTokens(text)).toBeNull();
  });
});
