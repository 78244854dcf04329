import type { ReactNode } from 'react';
import { ProjectMark } from '@/components/brand/project-mark';
import { translator } from '@/lib/i18n/translate';
import { LanguageForm, ThemeForm } from './preference-forms';
import type { PreferenceActions, Preferences } from './preferences';

type Props = {
  title: string;
  /** One sentence under the heading. */
  lead?: ReactNode;
  preferences: Preferences;
  /** Shows the choice of language and theme below the card. */
  actions?: PreferenceActions;
  children: ReactNode;
};

/** One card, a third down the page: sign-in, code, link, setup. */
export function SignInLayout({ title, lead, preferences, actions, children }: Props) {
  const t = translator(preferences.locale, 'common.menu');
  return (
    <div className="grid flex-1 grid-rows-[1fr_auto_2fr] justify-items-center px-4 py-6">
      <main
        id="content"
        tabIndex={-1}
        className="row-start-2 flex w-full max-w-signin min-w-0 flex-col gap-6 rounded-lg sm:border sm:border-line sm:bg-raised sm:p-8"
      >
        <div className="flex flex-col gap-4">
          <ProjectMark size={40} />
          <div className="flex flex-col gap-1">
            <h1 className="text-title font-semibold wrap-anywhere">{title}</h1>
            {lead && <p className="text-muted wrap-anywhere">{lead}</p>}
          </div>
        </div>
        {children}
      </main>
      {actions && (
        <footer className="row-start-3 flex w-full max-w-signin flex-wrap content-start items-start justify-between gap-x-4 gap-y-1 pt-4 sm:-mx-2.5">
          <LanguageForm label={t('language')} current={preferences.locale} action={actions.setLocale} />
          <ThemeForm
            label={t('appearance')}
            words={{ system: t('system'), light: t('light'), dark: t('dark') }}
            current={preferences.theme}
            action={actions.setTheme}
          />
        </footer>
      )}
    </div>
  );
}
