import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { setLocale, setTheme } from '@/app/preferences';
import { SignInLayout } from '@/components/shell/sign-in-layout';
import { Divider } from '@/components/ui/divider';
import { Notice } from '@/components/ui/notice';
import { readBrowserHash } from '@/lib/http/browser';
import { toLocalPath } from '@/lib/http/local-path';
import { getLocale, getTheme } from '@/lib/http/locale';
import { currentSession, requestContext } from '@/lib/http/session';
import { arrival } from '@/lib/http/sign-in';
import type { Locale } from '@/lib/i18n/model';
import { I18nProvider } from '@/lib/i18n/provider';
import { messagesOf, translator } from '@/lib/i18n/translate';
import { CODE_MINUTES, type PendingCode } from '@/lib/verification/model';
import { findPendingSignIn } from '@/lib/verification/service';
import { CodeStep } from './_components/code-step';
import { EmailForm } from './_components/email-form';
import { FocusStep } from './_components/focus-step';
import { PasskeyButton } from './_components/passkey-button';

type Query = Record<string, string | string[] | undefined>;

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await getLocale(), 'login')('title') };
}

/** Both steps of signing in. The code step is there while this browser has asked for a code, also after a reload. */
export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const returnTo = toLocalPath(query.return_to);
  if (await currentSession()) redirect(returnTo ?? '/profile');
  const [context, locale, theme] = await Promise.all([requestContext(), getLocale(), getTheme()]);
  const isCodeStep = query.step === 'code';
  const pending = isCodeStep ? await findPendingSignIn(context.projectId, await readBrowserHash()) : null;
  const t = translator(locale, 'login');
  return (
    <SignInLayout
      title={t('title')}
      lead={t('lead', { project: context.projectName })}
      preferences={{ locale, theme }}
      actions={{ setLocale, setTheme }}
    >
      <I18nProvider locale={locale} messages={messagesOf(locale, 'login', 'errors')}>
        <FocusStep step={pending ? 'code' : 'email'} />
        {pending ? (
          <CodeStep
            key={pending.resendAt.getTime()}
            {...toStep(pending, new Date())}
            isResent={query.resent === '1'}
            returnTo={returnTo}
          />
        ) : (
          <>
            <HowThingsStand query={query} locale={locale} />
            <EmailForm returnTo={returnTo} />
            <Divider>{translator(locale, 'common')('or')}</Divider>
            <PasskeyButton returnTo={returnTo} />
          </>
        )}
      </I18nProvider>
    </SignInLayout>
  );
}

function toStep({ address, hasCode, triesLeft, resendAt }: PendingCode, now: Date) {
  return {
    email: address,
    hasCode,
    isUsedUp: hasCode && triesLeft === 0,
    codeMinutes: CODE_MINUTES,
    pauseSeconds: Math.max(0, Math.ceil((resendAt.getTime() - now.getTime()) / 1000)),
  };
}

/** Why somebody is here who did not come of their own accord. */
async function HowThingsStand({ query, locale }: { query: Query; locale: Locale }) {
  const t = translator(locale, 'login');
  const text = await (async () => {
    if (query.notice === 'signed-out') return t('signedOut');
    if (query.notice === 'account-deleted') return t('accountDeleted');
    if (query.step === 'code') return translator(locale, 'errors')('code_spent');
    // A cookie of ours whose session is over: they were signed in until lately.
    if (query.return_to !== undefined && (await arrival()).replaces !== null) return t('sessionEnded');
    return null;
  })();
  return text && <Notice word={translator(locale, 'common.notice')('info')}>{text}</Notice>;
}
