import type { CSSProperties } from 'react';
import { toAccentTokens } from '@/lib/project/model';

type Tokens = Record<`--${string}`, string>;

/** A project's accent in the place of the product's own (app/globals.css), for a style attribute; nothing without one. */
export function accentStyle(color: string | null): (CSSProperties & Tokens) | undefined {
  const accents = color === null ? null : toAccentTokens(color);
  if (!accents) return undefined;
  const { light, dark } = accents;
  return {
    '--accent': `light-dark(${light.accent}, ${dark.accent})`,
    '--accent-hover': `light-dark(${light.hover}, ${dark.hover})`,
    '--on-accent': `light-dark(${light.onAccent}, ${dark.onAccent})`,
  };
}
