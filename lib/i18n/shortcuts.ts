/**
 * Whether single-key shortcuts are on (WCAG 2.2, 2.1.4), or only those with Ctrl or ⌘. Stored in a cookie of this
 * browser.
 */
export const SHORTCUTS = ['all', 'command'] as const;
export type Shortcuts = (typeof SHORTCUTS)[number];

export const SHORTCUTS_COOKIE = 'signet_shortcuts';

export function isShortcuts(value: unknown): value is Shortcuts {
  return SHORTCUTS.some((shortcuts) => shortcuts === value);
}
