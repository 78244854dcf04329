import { contrast, fromOklch, isHexColor, type Oklch, parseHex, toHex, toOklch } from '@/lib/platform/color';

/** What stands for the tokens `--accent`, `--accent-hover` and `--on-accent` of app/globals.css in one theme. */
export type AccentTokens = { accent: string; hover: string; onAccent: string };

/** `--surface-sunken`, of all surfaces the one that an accent differs from least. */
const NEAREST_SURFACE = { light: [0.958, 0.006, 82], dark: [0.258, 0.008, 62] } as const satisfies Record<
  string,
  Oklch
>;
const MIN_CONTROL_CONTRAST = 3; // WCAG 2.2, 1.4.11
const MIN_TEXT_CONTRAST = 4.5; // WCAG 2.2, 1.4.3

/** A colour as it may stand in light pages: itself, or the nearest one of its hue that is found there. */
export function nearestAccent(hex: string): string {
  return moved(hex, 'light');
}

/**
 * An accent in both themes, each found on its surfaces at 3:1, with text on it that reads at 4.5:1; in dark pages a colour too
 * dark for them is lightened. Null for a colour that light pages cannot bear (`nearestAccent` can be), or that is none.
 */
export function toAccentTokens(hex: string): { light: AccentTokens; dark: AccentTokens } | null {
  if (!isHexColor(hex) || nearestAccent(hex) !== hex) return null;
  return { light: tokensOf(hex), dark: tokensOf(moved(hex, 'dark')) };
}

function tokensOf(accent: string): AccentTokens {
  const onAccent = contrast(parseHex('#ffffff'), parseHex(accent)) >= MIN_TEXT_CONTRAST ? '#ffffff' : '#000000';
  const [lightness, chroma, hue] = toOklch(parseHex(accent));
  const away = onAccent === '#ffffff' ? -0.055 : 0.055; // from the text, so that it reads even better
  return { accent, hover: toHex(fromOklch([Math.min(1, Math.max(0, lightness + away)), chroma, hue])), onAccent };
}

const STEP = 0.004;

function moved(hex: string, theme: 'light' | 'dark'): string {
  const surface = fromOklch(NEAREST_SURFACE[theme]);
  const away = theme === 'light' ? -STEP : STEP;
  const [lightness, chroma, hue] = toOklch(parseHex(hex));
  for (let at = lightness, found = hex; ; at += away, found = toHex(fromOklch([at, chroma, hue]))) {
    if (contrast(parseHex(found), surface) >= MIN_CONTROL_CONTRAST || at < 0 || at > 1) return found;
  }
}
