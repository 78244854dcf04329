const FIELD =
  'input:not([type=hidden], [readonly], :disabled), textarea:not([readonly], :disabled), select:not(:disabled)';
const CONTROL = 'button:not([data-close], :disabled), a[href]';

/**
 * Where a dialog's focus starts: its first field, of a radio group the chosen one, else its first control. Null if it
 * has none besides the close icon.
 */
export function firstControl(popup: HTMLElement | null): HTMLElement | null {
  const field = popup?.querySelector<HTMLInputElement>(FIELD);
  if (!field) return popup?.querySelector<HTMLElement>(CONTROL) ?? null;
  const chosen = field.type === 'radio' && popup?.querySelector<HTMLElement>(`input[name="${field.name}"]:checked`);
  return chosen || field;
}
