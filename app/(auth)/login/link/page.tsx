import type { Metadata } from 'next';
import { cache } from 'react';
import { setLocale, setTheme } from '@/app/shell-actions';
import { SignInLayout } from '@/components/shell/sign-in-layout';
import { ButtonLink } from '@/components/ui/button-link';
import { Notice } from '@/components/ui/notice';
import { I18nProvider } from '@/lib/i18n/provider';
import { messagesOf, translator } from '@/lib/i18n/translate';
import { linkTokenOf } from '@/lib/platform/link-token';
import { peekLink } from '@/lib/verification/service';
import { readBrowserHash } from '@/lib/web/browser';
import { getLocale, getTheme } from '@/lib/web/locale';
import { requestContext } from '@/lib/web/session';
import { requestTexts } from '@/lib/web/texts';
import { LinkForm } from '../_components/link-form';
import { signInWithLink } from '../actions';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const link = await findLink(linkTokenOf(await searchParams));
  const key = link ? (link.isRegistration ? 'newTitle' : 'title') : 'expiredTitle';
  const texts = await requestTexts();
  return { title: texts.translator(await getLocale(), 'login.link')(key) };
}

/**
 * The target of an emailed link. Opening it consumes nothing, because mail clients prefetch links; the button does. The
 * address is shown only in the browser that requested the link.
 */
export default async function SignInLinkPage({ searchParams }: Props) {
  const token = linkTokenOf(await searchParams);
  const [context, locale, theme, texts] = await Promise.all([
    requestContext(),
    getLocale(),
    getTheme(),
    requestTexts(),
  ]);
  const link = await findLink(token);
  const t = texts.translator(locale, 'login.link');
  const frame = { preferences: { locale, theme }, actions: { setLocale, setTheme } };
  if (!token || !link) {
    return (
      <SignInLayout title={t('expiredTitle')} lead={t('expiredBody')} {...frame}>
        <ButtonLink href="/login" variant="primary" isBlock>
          {t('expiredAction')}
        </ButtonLink>
      </SignInLayout>
    );
  }
  const project = context.projectName;
  const { isRegistration, isSameBrowser } = link;
  const words = isRegistration
    ? { title: t('newTitle'), known: 'newLeadWithEmail' as const, other: 'newLead' as const }
    : { title: t('title'), known: 'leadWithEmail' as const, other: 'lead' as const };
  const lead = isSameBrowser ? t(words.known, { project, email: link.address }) : t(words.other, { project });
  return (
    <SignInLayout title={words.title} lead={lead} {...frame}>
      {!isSameBrowser && (
        <Notice tone="warning" word={translator(locale, 'common.notice')('warning')}>
          {t(link.isRecovery ? 'recovery' : 'otherBrowser')}
        </Notice>
      )}
      <I18nProvider locale={locale} messages={messagesOf(locale, 'errors.browser')}>
        <LinkForm token={token} button={t(isRegistration ? 'newButton' : 'button')} action={signInWithLink} />
      </I18nProvider>
    </SignInLayout>
  );
}

/** Read once for both the page and its title. */
const findLink = cache(async (token: string | null) =>
  token === null ? null : peekLink((await requestContext()).projectId, token, await readBrowserHash()),
);
