import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { setLocale, setTheme } from '@/app/shell-actions';
import { SignInLayout } from '@/components/shell/sign-in-layout';
import { I18nProvider } from '@/lib/i18n/provider';
import { getLocale, getTheme } from '@/lib/web/locale';
import { toReturnPath } from '@/lib/web/return-path';
import { currentSession, requestContext } from '@/lib/web/session';
import { requestTexts } from '@/lib/web/texts';
import { RecoveryForm } from '../_components/recovery-form';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestTexts()).translator(await getLocale(), 'login.recovery')('title') };
}

/** Accepts a recovery code from an administrator. It asks for no address: the code identifies the account. */
export default async function RecoveryCodePage({ searchParams }: Props) {
  const returnTo = await toReturnPath(await requestContext(), (await searchParams).return_to);
  if (await currentSession()) redirect(returnTo ?? '/profile');
  const [context, locale, theme, texts] = await Promise.all([
    requestContext(),
    getLocale(),
    getTheme(),
    requestTexts(),
  ]);
  const t = texts.translator(locale, 'login.recovery');
  return (
    <SignInLayout
      title={t('title')}
      lead={t('lead', { project: context.projectName })}
      preferences={{ locale, theme }}
      actions={{ setLocale, setTheme }}
    >
      <I18nProvider locale={locale} messages={texts.messagesOf(locale, 'login', 'errors.browser')}>
        <RecoveryForm returnTo={returnTo} />
      </I18nProvider>
    </SignInLayout>
  );
}
