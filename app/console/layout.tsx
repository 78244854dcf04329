import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { setLocale, setShortcuts, setTheme, signOutAction } from '@/app/shell-actions';
import * as stepUp from '@/app/step-up';
import { ConsoleLayout } from '@/components/shell/console-layout';
import { toPerson } from '@/components/shell/person';
import { FOLDED, MENU_COOKIE } from '@/components/shell/preferences';
import { StepUpProvider } from '@/components/step-up/step-up-provider';
import { mustConfirmByPasskey } from '@/lib/credential/service';
import { EDIT_MESSAGES, FRAME_MESSAGES } from '@/lib/i18n/frame-messages';
import { CONSOLE_LOCALES } from '@/lib/i18n/model';
import { I18nProvider } from '@/lib/i18n/provider';
import { messagesOf } from '@/lib/i18n/translate';
import { listOrganizations, listProjects } from '@/lib/project/service';
import { isConsoleOpen, requireOperator } from '@/lib/web/console';
import { getLocale, getPersonLocale, getShortcuts, getTheme } from '@/lib/web/locale';

export const metadata: Metadata = { title: { template: '%s · Signet', default: 'Signet' } };

const MESSAGES = [
  'errors.browser',
  'console',
  'common.menu',
  'common.nav',
  'common.stepUp',
  'common.leave',
  'common.code',
  'common.typedConfirmation',
  ...EDIT_MESSAGES,
] as const;

/** The console's layout: current place and navigation. Each page authorizes itself. */
export default async function Layout({ children }: { children: ReactNode }) {
  const { person } = await requireOperator();
  const { identity } = person;
  const ids = identity.operatorRoles.map(({ organizationId }) => organizationId);
  const [locale, rootLocale, theme, shortcuts, jar, organizations, projects, isCodeRefused] = await Promise.all([
    getLocale(identity.locale),
    getPersonLocale(),
    getTheme(),
    getShortcuts(),
    cookies(),
    listOrganizations(ids),
    listProjects(ids),
    mustConfirmByPasskey(person),
  ]);
  const places = organizations.map((organization) => ({
    slug: organization.slug,
    name: organization.name,
    role: identity.operatorRoles.find(({ organizationId }) => organizationId === organization.id)?.role ?? 'viewer',
    projects: projects
      .filter(({ organizationId }) => organizationId === organization.id && isConsoleOpen(organization, person))
      .map((project) => ({ slug: project.slug, name: project.name })),
  }));
  return (
    // The root layout has provided its messages in its own language.
    <I18nProvider
      locale={locale}
      messages={messagesOf(locale, ...(locale === rootLocale ? [] : FRAME_MESSAGES), ...MESSAGES)}
    >
      <StepUpProvider
        hasPasskey={identity.passkeyCount > 0}
        isCodeRefused={isCodeRefused}
        actions={{
          beginPasskey: stepUp.beginStepUpWithPasskey,
          finishPasskey: stepUp.finishStepUpWithPasskey,
          sendCode: stepUp.sendStepUpCode,
          verifyCode: stepUp.verifyStepUpCode,
        }}
      >
        <ConsoleLayout
          places={places}
          isMenuFolded={jar.get(MENU_COOKIE)?.value === FOLDED}
          person={toPerson(identity)}
          preferences={{ locale, locales: CONSOLE_LOCALES, theme }}
          actions={{ setLocale, setTheme, signOut: signOutAction }}
          shortcuts={{ current: shortcuts, set: setShortcuts }}
        >
          {children}
        </ConsoleLayout>
      </StepUpProvider>
    </I18nProvider>
  );
}
