'use client';

import { startTransition, useRef, useState } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { ChevronDown, LogOut, SquareTerminal, UserRound } from '@/components/ui/icons';
import { VisuallyHidden } from '@/components/ui/layout/visually-hidden';
import { Link } from '@/components/ui/link';
import {
  MenuButton,
  MenuChoice,
  MenuGroup,
  MenuItem,
  MenuLink,
  MenuPopup,
  MenuSeparator,
} from '@/components/ui/overlay/menu';
import { LOCALE_NAMES, LOCALES } from '@/lib/i18n/model';
import { SHORTCUTS } from '@/lib/i18n/shortcuts';
import { THEMES } from '@/lib/i18n/theme';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { Person } from './person';
import { LanguageForm, THEME_ICONS, ThemeForm } from './preference-forms';
import type { FormAction, PreferenceActions, Preferences, ShortcutChoice } from './preferences';

export type PersonMenuProps = {
  person: Person;
  preferences: Preferences;
  actions: PreferenceActions & { signOut: FormAction };
  /** Present where shortcuts exist. Without script there are none, so the choice is hidden. */
  shortcuts?: ShortcutChoice | undefined;
  /** Present for operators only. */
  consoleHref?: string | undefined;
  /** Absent on the page itself. */
  profileHref?: string | undefined;
};

const PLAIN_ID = 'person-menu-plain';

/**
 * The signed-in person and their preferences. Until the menu has loaded, the same button opens the same choices as plain
 * forms (the popover attribute needs no script).
 */
export function PersonMenu(props: PersonMenuProps) {
  const { person } = props;
  const t = useTranslations('common.menu');
  const plain = useRef<HTMLDivElement>(null);
  const [container, setContainer] = useState<HTMLElement | null>(null);
  const name = person.name || person.email;
  return (
    <div ref={setContainer} className="min-w-0">
      <MenuButton
        className="motion flex min-h-10 min-w-0 items-center gap-2 rounded-full py-1 ps-1 pe-2.5 hover:bg-sunken data-popup-open:bg-sunken"
        plain={{ id: PLAIN_ID, ref: plain, content: <PlainMenu {...props} plainRef={plain} /> }}
        menu={<EnhancedMenu {...props} container={container} />}
      >
        <Avatar name={person.plainName || name} src={person.picture} />
        <VisuallyHidden>{t('open', { name })}</VisuallyHidden>
        {/* Cut at the end of its own script. */}
        <span aria-hidden dir="auto" className="hidden max-w-48 truncate text-sm font-medium sm:block">
          {name}
        </span>
        <ChevronDown size={16} className="shrink-0 text-muted" aria-hidden />
      </MenuButton>
    </div>
  );
}

function EnhancedMenu({
  person,
  preferences,
  actions,
  shortcuts,
  consoleHref,
  profileHref,
  container,
}: PersonMenuProps & { container: HTMLElement | null }) {
  const t = useTranslations('common.menu');
  const nav = useTranslations('common.nav');
  const run = (action: FormAction, field?: string, value?: string) => {
    const data = new FormData();
    if (field && value) data.set(field, value);
    startTransition(() => action(data));
  };
  return (
    <MenuPopup container={container}>
      <MenuGroup label={<Who person={person} />}>
        {consoleHref && (
          <MenuLink href={consoleHref} icon={<SquareTerminal size={16} aria-hidden />}>
            {t('console')}
          </MenuLink>
        )}
        {profileHref && (
          <MenuLink href={profileHref} icon={<UserRound size={16} aria-hidden />}>
            {nav('accountAndSecurity')}
          </MenuLink>
        )}
      </MenuGroup>
      <MenuSeparator />
      <MenuChoice
        label={t('language')}
        value={preferences.locale}
        options={(preferences.locales ?? LOCALES).map((locale) => ({
          value: locale,
          text: LOCALE_NAMES[locale],
          lang: locale,
        }))}
        onChoose={(locale) => run(actions.setLocale, 'locale', locale)}
      />
      <MenuSeparator />
      <MenuChoice
        label={t('appearance')}
        value={preferences.theme}
        options={THEMES.map((theme) => ({ value: theme, text: t(theme), icon: THEME_ICONS[theme] }))}
        onChoose={(theme) => run(actions.setTheme, 'theme', theme)}
      />
      {shortcuts && (
        <>
          <MenuSeparator />
          <MenuChoice
            label={t('shortcuts')}
            value={shortcuts.current}
            options={SHORTCUTS.map((value) => ({ value, text: t(`shortcutsOf.${value}`) }))}
            onChoose={(value) => run(shortcuts.set, 'shortcuts', value)}
          />
        </>
      )}
      <MenuSeparator />
      <MenuItem icon={<LogOut size={16} aria-hidden />} onSelect={() => run(actions.signOut)}>
        {t('signOut')}
      </MenuItem>
    </MenuPopup>
  );
}

function PlainMenu({
  person,
  preferences,
  actions,
  consoleHref,
  profileHref,
  plainRef,
}: PersonMenuProps & { plainRef: React.Ref<HTMLDivElement> }) {
  const t = useTranslations('common.menu');
  const nav = useTranslations('common.nav');
  return (
    <div
      ref={plainRef}
      id={PLAIN_ID}
      popover="auto"
      className="fixed inset-auto end-4 top-16 m-0 w-72 max-w-[calc(100vw-2rem)] rounded-lg border border-line bg-raised p-4 text-ink shadow-float open:flex open:flex-col open:items-start open:gap-3"
    >
      <Who person={person} />
      {consoleHref && (
        <Link href={consoleHref} className="text-sm underline underline-offset-4">
          {t('console')}
        </Link>
      )}
      {profileHref && (
        <Link href={profileHref} className="text-sm underline underline-offset-4">
          {nav('accountAndSecurity')}
        </Link>
      )}
      <LanguageForm
        label={t('language')}
        current={preferences.locale}
        locales={preferences.locales}
        action={actions.setLocale}
      />
      <ThemeForm
        label={t('appearance')}
        words={{ system: t('system'), light: t('light'), dark: t('dark') }}
        current={preferences.theme}
        action={actions.setTheme}
      />
      <form action={actions.signOut}>
        <button type="submit" className="text-sm font-medium underline underline-offset-4">
          {t('signOut')}
        </button>
      </form>
    </div>
  );
}

function Who({ person }: { person: Person }) {
  return (
    <span className="block py-0.5 wrap-anywhere">
      {person.name && (
        <span className="block text-sm font-semibold text-ink">
          <bdi>{person.name}</bdi>
        </span>
      )}
      <span className="block text-sm font-normal text-muted">
        <bdi>{person.email}</bdi>
      </span>
    </span>
  );
}
