/** Whether a key by itself does something (WCAG 2.2, 2.1.4), or only together with Ctrl or ⌘. Kept in a cookie of this browser. */
export const SHORTCUTS = ['all', 'command'] as const;
export type Shortcuts = (typeof SHORTCUTS)[number];

export const SHORTCUTS_COOKIE = 'signet_shortcuts';

export function isShortcuts(value: unknown): value is Shortcuts {
  return SHORTCUTS.some((shortcuts) => shortcuts === value);
}
