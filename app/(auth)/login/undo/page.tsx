import type { Metadata } from 'next';
import { cache } from 'react';
import { setLocale, setTheme } from '@/app/shell-actions';
import { SignInLayout } from '@/components/shell/sign-in-layout';
import { ButtonLink } from '@/components/ui/button-link';
import { I18nProvider } from '@/lib/i18n/provider';
import { messagesOf } from '@/lib/i18n/translate';
import { linkTokenOf } from '@/lib/platform/link-token';
import { peekEmailChange } from '@/lib/verification/service';
import { getLocale, getTheme } from '@/lib/web/locale';
import { requestContext } from '@/lib/web/session';
import { requestTexts } from '@/lib/web/texts';
import { LinkForm } from '../_components/link-form';
import { undoChange } from '../actions';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const change = await findChange(linkTokenOf(await searchParams));
  const t = (await requestTexts()).translator(await getLocale(), 'login.undo');
  return { title: t(change ? 'title' : 'expiredTitle') };
}

/**
 * The target of the link in an email change notice. Opening it changes nothing, because mail clients prefetch links;
 * the button does. It names the address the link was sent to.
 */
export default async function UndoEmailChangePage({ searchParams }: Props) {
  const token = linkTokenOf(await searchParams);
  const [context, locale, theme, texts] = await Promise.all([
    requestContext(),
    getLocale(),
    getTheme(),
    requestTexts(),
  ]);
  const change = await findChange(token);
  const t = texts.translator(locale, 'login.undo');
  const frame = { preferences: { locale, theme }, actions: { setLocale, setTheme } };
  const project = context.projectName;
  if (!token || !change) {
    return (
      <SignInLayout title={t('expiredTitle')} lead={t('expiredBody', { project })} {...frame}>
        <ButtonLink href="/login" variant="primary" isBlock>
          {t('expiredAction')}
        </ButtonLink>
      </SignInLayout>
    );
  }
  return (
    <SignInLayout title={t('title')} lead={t('lead', { email: change.oldAddress, project })} {...frame}>
      <p>{t('effect')}</p>
      <I18nProvider locale={locale} messages={messagesOf(locale, 'errors.browser')}>
        <LinkForm token={token} button={t('button')} action={undoChange} />
      </I18nProvider>
    </SignInLayout>
  );
}

/** Read once for both the page and its title. */
const findChange = cache(async (token: string | null) =>
  token === null ? null : peekEmailChange((await requestContext()).projectId, token),
);
