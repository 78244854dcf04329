import type { ReactNode } from 'react';
import { Monitor, Moon, Sun } from '@/components/ui/icons';
import { directionOf, LOCALE_NAMES, LOCALES, type Locale } from '@/lib/i18n/model';
import { THEMES, type Theme } from '@/lib/i18n/theme';
import type { FormAction } from './preferences';

/** The icons of the three themes. */
export const THEME_ICONS: Record<Theme, ReactNode> = {
  system: <Monitor size={16} aria-hidden />,
  light: <Sun size={16} aria-hidden />,
  dark: <Moon size={16} aria-hidden />,
};

type LanguageProps = { label: string; current: Locale; locales?: readonly Locale[] | undefined; action: FormAction };

/** The languages, each by its own name, as a form that works without script. */
export function LanguageForm({ label, current, locales = LOCALES, action }: LanguageProps) {
  return (
    <form action={action} aria-label={label} className="flex flex-wrap gap-1 max-sm:gap-x-0.5">
      {locales.map((locale) => (
        <button
          type="submit"
          key={locale}
          name="locale"
          value={locale}
          lang={locale}
          dir={directionOf(locale)}
          aria-pressed={locale === current}
          className="choice"
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
          className="choice"
        >
          {THEME_ICONS[theme]}
        </button>
      ))}
    </form>
  );
}
