import type { Metadata } from 'next';
import { cache } from 'react';
import { setLocale, setTheme } from '@/app/shell-actions';
import { SignInLayout } from '@/components/shell/sign-in-layout';
import { ButtonLink } from '@/components/ui/button-link';
import { I18nProvider } from '@/lib/i18n/provider';
import { messagesOf, translator } from '@/lib/i18n/translate';
import { linkTokenOf } from '@/lib/platform/link-token';
import { peekSignInAlert } from '@/lib/session/service';
import { getLocale, getTheme } from '@/lib/web/locale';
import { requestContext } from '@/lib/web/session';
import { LinkForm } from '../_components/link-form';
import { disown } from '../actions';
import { CHECK_ACCOUNT } from '../paths';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const isOpen = await findAlert(linkTokenOf(await searchParams));
  return { title: translator(await getLocale(), 'signInAlert')(isOpen ? 'title' : 'expiredTitle') };
}

/**
 * "This wasn't me": the target of the link in the mail about a sign-in from a new browser. Opening it changes nothing,
 * because mail clients and scanners prefetch links; the button does.
 */
export default async function SignInAlertPage({ searchParams }: Props) {
  const token = linkTokenOf(await searchParams);
  const [context, locale, theme] = await Promise.all([requestContext(), getLocale(), getTheme()]);
  const isOpen = await findAlert(token);
  const t = translator(locale, 'signInAlert');
  const frame = { preferences: { locale, theme }, actions: { setLocale, setTheme } };
  const project = context.projectName;
  if (!token || !isOpen) {
    return (
      <SignInLayout title={t('expiredTitle')} lead={t('expiredBody')} {...frame}>
        <ButtonLink href={CHECK_ACCOUNT} variant="primary" isBlock>
          {t('expiredAction')}
        </ButtonLink>
      </SignInLayout>
    );
  }
  return (
    <SignInLayout title={t('title')} lead={t('lead', { project })} {...frame}>
      <p>{t('effect')}</p>
      <I18nProvider locale={locale} messages={messagesOf(locale, 'errors.browser')}>
        <LinkForm token={token} button={t('button')} action={disown} />
      </I18nProvider>
    </SignInLayout>
  );
}

/** Read once for both the page and its title. */
const findAlert = cache(
  async (token: string | null) => token !== null && peekSignInAlert((await requestContext()).projectId, token),
);
