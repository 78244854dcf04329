import type { CSSProperties } from 'react';
import { toAccentTokens } from '@/lib/project/model/accent';

type AccentProps = { 'data-accent'?: ''; style?: CSSProperties & Record<`--${string}`, string> };

/**
 * The style that replaces the product's accent with the project's in an element (app/globals.css); none without one.
 */
export function accentProps(color: string | null): AccentProps {
  const accents = color === null ? null : toAccentTokens(color);
  if (!accents) return {};
  const { light, dark } = accents;
  return {
    'data-accent': '',
    style: {
      '--accent-light': light.accent,
      '--accent-dark': dark.accent,
      '--accent-hover-light': light.hover,
      '--accent-hover-dark': dark.hover,
      '--on-accent-light': light.onAccent,
      '--on-accent-dark': dark.onAccent,
    },
  };
}
