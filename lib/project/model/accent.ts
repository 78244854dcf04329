import { contrast, fromOklch, isHexColor, type Oklch, parseHex, toHex, toOklch } from '@/lib/platform/color';

/** Values of the tokens `--accent`, `--accent-hover` and `--on-accent` of app/globals.css in one theme. */
export type AccentTokens = { accent: string; hover: string; onAccent: string };

/** The product's `--accent` on light pages: what a project without an accent has. */
export const PRODUCT_ACCENT = '#085b87';

/** `--surface-sunken`: the surface with the least contrast to an accent. */
const NEAREST_SURFACE = { light: [0.958, 0.006, 82], dark: [0.258, 0.008, 62] } as const satisfies Record<
  string,
  Oklch
>;
const MIN_CONTROL_CONTRAST = 3; // WCAG 2.2, 1.4.11
const MIN_TEXT_CONTRAST = 4.5; // WCAG 2.2, 1.4.3

/** The color for light pages: the given one, or the nearest of its hue with enough contrast. */
export function nearestAccent(hex: string): string {
  return adjusted(hex, 'light');
}

/**
 * An accent for both themes: 3:1 against their surfaces, with text on it at 4.5:1; for dark pages a dark color is
 * lightened. Null for an invalid color, or one with too little contrast on light pages (`nearestAccent` finds one).
 */
export function toAccentTokens(hex: string): { light: AccentTokens; dark: AccentTokens } | null {
  if (!isHexColor(hex) || nearestAccent(hex) !== hex) return null;
  return { light: tokensOf(hex), dark: tokensOf(adjusted(hex, 'dark')) };
}

function tokensOf(accent: string): AccentTokens {
  const onAccent = contrast(parseHex('#ffffff'), parseHex(accent)) >= MIN_TEXT_CONTRAST ? '#ffffff' : '#000000';
  const [lightness, chroma, hue] = toOklch(parseHex(accent));
  const away = onAccent === '#ffffff' ? -0.055 : 0.055; // away from the text color, to raise the contrast
  return { accent, hover: toHex(fromOklch([Math.min(1, Math.max(0, lightness + away)), chroma, hue])), onAccent };
}

const STEP = 0.004;

function adjusted(hex: string, theme: 'light' | 'dark'): string {
  const surface = fromOklch(NEAREST_SURFACE[theme]);
  const away = theme === 'light' ? -STEP : STEP;
  const [lightness, chroma, hue] = toOklch(parseHex(hex));
  for (let at = lightness, found = hex; ; at += away, found = toHex(fromOklch([at, chroma, hue]))) {
    if (contrast(parseHex(found), surface) >= MIN_CONTROL_CONTRAST || at < 0 || at > 1) return found;
  }
}
