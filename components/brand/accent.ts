import type { CSSProperties } from 'react';
import { toAccentTokens } from '@/lib/project/model';

type AccentProps = { 'data-accent'?: ''; style?: CSSProperties & Record<`--${string}`, string> };

/** What lets a project's accent take the place of the product's own in an element (app/globals.css); nothing without one. */
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
