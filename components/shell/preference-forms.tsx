import type { ReactNode } from 'react';
import { classes } from '@/components/ui/classes';
import { Monitor, Moon, Sun } from '@/components/ui/icons';
import { LOCALE_NAMES, LOCALES } from '@/lib/i18n/model';
import { THEMES, type Theme } from '@/lib/i18n/theme';
import type { FormAction } from './preferences';

/** The icons of the three themes. */
export const THEME_ICONS: Record<Theme, ReactNode> = {
  system: <Monitor size={16} aria-hidden />,
  light: <Sun size={16} aria-hidden />,
  dark: <Moon size={16} aria-hidden />,
};

const optionStyle = (isChosen: boolean) =>
  classes(
    'motion inline-flex min-h-8 min-w-8 items-center justify-center rounded-md border px-2 py-1 text-sm',
    isChosen
      ? 'border-line bg-sunken font-medium text-ink forced-colors:border-2 forced-colors:border-[Highlight]'
      : 'border-transparent text-muted hover:text-ink',
  );

/** The languages, each by its own name, as a form that works without script. */
export function LanguageForm({ label, current, action }: { label: string; current: string; action: FormAction }) {
  return (
    <form action={action} aria-label={label} className="flex flex-wrap gap-1">
      {LOCALES.map((locale) => (
        <button
          type="submit"
          key={locale}
          name="locale"
          value={locale}
          lang={locale}
          aria-pressed={locale === current}
          className={optionStyle(locale === current)}
        >
          {LOCALE_NAMES[locale]}
        </button>
      ))}
    </form>
  );
}

type ThemeProps = { label: string; words: Record<Theme, string>; current: Theme; action: FormAction };

/** The themes by icon, as a form that works without script. */
export function ThemeForm({ label, words, current, action }: ThemeProps) {
  return (
    <form action={action} aria-label={label} className="flex flex-wrap gap-1">
      {THEMES.map((theme) => (
        <button
          type="submit"
          key={theme}
          name="theme"
          value={theme}
          aria-label={words[theme]}
          title={words[theme]}
          aria-pressed={theme === current}
          className={optionStyle(theme === current)}
        >
          {THEME_ICONS[theme]}
        </button>
      ))}
    </form>
  );
}
