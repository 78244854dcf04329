import type { Locale } from '@/lib/i18n/model';
import type { Shortcuts } from '@/lib/i18n/shortcuts';
import type { Theme } from '@/lib/i18n/theme';

/** A server action that a form posts to. */
export type FormAction = (data: FormData) => Promise<void>;

export type Preferences = {
  locale: Locale;
  /** Those to choose from. Default: all. */
  locales?: readonly Locale[];
  theme: Theme;
};

/** `setLocale` gets the field `locale`, `setTheme` the field `theme`. */
export type PreferenceActions = { setLocale: FormAction; setTheme: FormAction };

/** `set` gets the field `shortcuts`. */
export type ShortcutChoice = { current: Shortcuts; set: FormAction };

/** Whether the console's side menu is folded to icons; kept in a cookie of this browser. */
export const MENU_COOKIE = 'signet_menu';
export const FOLDED = 'folded';
