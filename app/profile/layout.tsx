import type { ReactNode } from 'react';
import { setLocale, setTheme, signOutAction } from '@/app/shell-actions';
import * as stepUp from '@/app/step-up';
import { toPerson } from '@/components/shell/person';
import { ProfileLayout } from '@/components/shell/profile-layout';
import { StepUpProvider } from '@/components/step-up/step-up-provider';
import { UndoProvider } from '@/components/undo/undo-provider';
import { mustConfirmByPasskey } from '@/lib/credential/service';
import { FRAME_MESSAGES } from '@/lib/i18n/frame-messages';
import { I18nProvider } from '@/lib/i18n/provider';
import { messagesOf } from '@/lib/i18n/translate';
import { getLocale, getTheme } from '@/lib/web/locale';
import { requireSession } from '@/lib/web/session';
import { undoOwnChange } from './undo-action';

const MESSAGES = [
  'errors.browser',
  'common.menu.open',
  'common.menu.language',
  'common.menu.appearance',
  'common.menu.system',
  'common.menu.light',
  'common.menu.dark',
  'common.menu.console',
  'common.menu.signOut',
  'common.nav',
  'common.stepUp',
  'common.leave',
  'common.code',
  'undo',
] as const;

/** The layout of a person's own pages. Each page authorizes itself. */
export default async function Layout({ children }: { children: ReactNode }) {
  const proof = await requireSession();
  const { identity, context } = proof;
  const [locale, rootLocale, theme, isCodeRefused] = await Promise.all([
    getLocale(identity.locale),
    getLocale(),
    getTheme(),
    mustConfirmByPasskey(proof),
  ]);
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
        <ProfileLayout
          projectName={context.projectName}
          person={toPerson(identity)}
          preferences={{ locale, theme }}
          actions={{ setLocale, setTheme, signOut: signOutAction }}
          consoleHref={context.isConsoleHost && identity.operatorRoles.length > 0 ? '/console' : undefined}
        >
          <UndoProvider action={undoOwnChange}>{children}</UndoProvider>
        </ProfileLayout>
      </StepUpProvider>
    </I18nProvider>
  );
}
