import type { ReactNode } from 'react';
import { setLocale, setTheme } from '@/app/shell-actions';
import { CancelForm } from '@/components/pairing/cancel-form';
import { ReloadLink } from '@/components/pairing/reload-link';
import { WatchStep } from '@/components/pairing/watch-step';
import { FocusHeadingAfter } from '@/components/shell/focus-heading-after';
import { SignInLayout } from '@/components/shell/sign-in-layout';
import { ButtonLink } from '@/components/ui/button-link';
import { RelativeTime } from '@/components/ui/data/relative-time';
import { Notice } from '@/components/ui/notice';
import { TextLink } from '@/components/ui/text-link';
import type { Locale } from '@/lib/i18n/model';
import { I18nProvider } from '@/lib/i18n/provider';
import { messagesOf, translator } from '@/lib/i18n/translate';
import { isWaiting, PAIRING_PATH } from '@/lib/pairing/model';
import { findRequested, peekPairing } from '@/lib/pairing/service';
import { linkTokenOf } from '@/lib/platform/link-token';
import { readBrowserHash } from '@/lib/web/browser';
import { getLocale, getTheme } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { requestContext } from '@/lib/web/session';
import { CodeForm } from './_components/code-form';
import { CreatePasskey } from './_components/create-passkey';
import { RequestForm } from './_components/request-form';
import { submitCancel } from './actions';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };
type Content = { step: string; title: string; lead?: ReactNode; body: ReactNode };

export const generateMetadata = pageTitle('pairing.add', 'title');

/**
 * The other device's side of "Use another device". The address of the QR code shows which account it is for and changes
 * nothing; the person asks with a button. It never becomes a session.
 */
export default async function AddPage({ searchParams }: Props) {
  const query = await searchParams;
  const [context, locale, theme] = await Promise.all([requestContext(), getLocale(), getTheme()]);
  const { step, title, lead, body } = await contentFor(query, locale, context);
  return (
    <SignInLayout title={title} lead={lead} preferences={{ locale, theme }} actions={{ setLocale, setTheme }}>
      <FocusHeadingAfter shown={[step]} />
      <I18nProvider locale={locale} messages={messagesOf(locale, 'pairing', 'errors.browser')}>
        {body}
      </I18nProvider>
    </SignInLayout>
  );
}

type Place = { projectId: string; projectName: string };

async function contentFor(
  query: Record<string, string | string[] | undefined>,
  locale: Locale,
  { projectId, projectName: project }: Place,
): Promise<Content> {
  const token = linkTokenOf(query);
  const t = translator(locale, 'pairing.add');
  const words = translator(locale, 'common.notice');
  const peeked = token ? await peekPairing(projectId, token) : null;
  if (token && peeked) {
    const { account } = peeked;
    return {
      step: 'ask',
      title: account === null ? t('ask.titleWithoutAccount') : t('ask.title', { account }),
      lead: t('ask.lead', { project }),
      body: (
        <>
          <p>{t('ask.body')}</p>
          <Notice tone="warning" word={words('warning')}>
            {t('ask.notYours')}
          </Notice>
          <RequestForm token={token} />
          <OtherCode locale={locale} />
        </>
      ),
    };
  }
  const requested = query.step === 'code' ? null : await findRequested(projectId, await readBrowserHash());
  if (requested) return stepContent(requested, locale);
  return {
    step: 'code',
    title: t('title'),
    lead: t('lead', { project }),
    body: (
      <>
        {token && (
          <Notice tone="warning" word={words('warning')}>
            {t('ask.ended')}
          </Notice>
        )}
        <CodeForm />
        <p className="text-sm text-muted">{t('where')}</p>
      </>
    ),
  };
}

function stepContent(
  { pairing, step }: NonNullable<Awaited<ReturnType<typeof findRequested>>>,
  locale: Locale,
): Content {
  const t = translator(locale, 'pairing.add');
  const waiting = isWaiting(step) && (
    <>
      <WatchStep side="other" shown={{ id: pairing.id, step }} />
      <ReloadLink href={PAIRING_PATH} locale={locale} />
      <CancelForm action={submitCancel} />
    </>
  );
  switch (step) {
    case 'open':
    case 'requested': {
      const number = <p className="text-[3rem] leading-none font-semibold tabular-nums">{pairing.number}</p>;
      const body = (
        <>
          {number}
          {waiting}
        </>
      );
      return { step: 'requested', title: t('requested.title'), lead: t('requested.lead'), body };
    }
    case 'confirmed': {
      const time = () => <RelativeTime value={pairing.expiresAt} now={new Date()} locale={locale} />;
      const body = (
        <>
          <CreatePasskey />
          {waiting}
        </>
      );
      return { step, title: t('confirmed.title'), lead: t.rich('confirmed.lead', { time }), body };
    }
    case 'used': {
      const body = (
        <ButtonLink href="/login" variant="primary" isBlock>
          {t('used.signIn')}
        </ButtonLink>
      );
      return { step, title: t('used.title'), lead: t('used.lead'), body };
    }
    default: {
      const body = <OtherCode locale={locale} />;
      return { step, title: t(`${step}.title`), lead: t(`${step}.lead`), body };
    }
  }
}

function OtherCode({ locale }: { locale: Locale }) {
  return (
    <TextLink href={`${PAIRING_PATH}?step=code`} className="text-sm">
      {translator(locale, 'pairing.add.ask')('other')}
    </TextLink>
  );
}
