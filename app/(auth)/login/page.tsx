import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { setLocale, setTheme } from '@/app/shell-actions';
import { ApplicationMark } from '@/components/application/application-mark';
import { FocusStep } from '@/components/shell/focus-step';
import { notSetUpWords, SetUpLine } from '@/components/shell/set-up-line';
import { SignInLayout } from '@/components/shell/sign-in-layout';
import { Divider } from '@/components/ui/layout/divider';
import { Notice } from '@/components/ui/notice';
import { TextLink } from '@/components/ui/text-link';
import { continuePath, requestIdOf, signInPath } from '@/lib/grant/model';
import { findPendingRequest, mustAuthenticate, type PendingRequest } from '@/lib/grant/service';
import type { Locale } from '@/lib/i18n/model';
import { I18nProvider } from '@/lib/i18n/provider';
import type { Texts } from '@/lib/i18n/texts';
import { type Translate, translator } from '@/lib/i18n/translate';
import { emailOf } from '@/lib/identity/model';
import { toFormField } from '@/lib/identity/model/traits-form';
import { countIdentities } from '@/lib/identity/service';
import { isSetUp } from '@/lib/operator/service';
import { isAddress, normalizeAddress } from '@/lib/platform/address';
import type { RegistrationMode } from '@/lib/project/model';
import { isFresh } from '@/lib/session/model';
import { CODE_MINUTES, type PendingCode, secondsUntilResend } from '@/lib/verification/model';
import { findPendingRegistration, findPendingSignIn } from '@/lib/verification/service';
import { readBrowserHash } from '@/lib/web/browser';
import { getLocale, getTheme } from '@/lib/web/locale';
import { toReturnPath } from '@/lib/web/return-path';
import { currentSession, type Proof, requestContext } from '@/lib/web/session';
import { hadSession } from '@/lib/web/sign-in';
import { requestTexts, withTitles } from '@/lib/web/texts';
import { EmailForm } from './_components/email-form';
import { CodeStep, DetailsStep } from './_components/later-steps';
import { PasskeyButton } from './_components/passkey-button';
import { recoveryPath } from './paths';

type Query = Record<string, string | string[] | undefined>;
type Props = { searchParams: Promise<Query> };

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const locale = await getLocale();
  const t = translator(locale, 'login');
  if ((await findInstallationState()) === 'empty')
    return { title: notSetUpWords(locale, (await requestContext()).projectName).title };
  return { title: (await findDetailsStep((await searchParams).step)) ? t('details.title') : t('title') };
}

/** What the client components of each step need. */
const DETAILS_STEP = ['login', 'settings', 'errors.browser'] as const;
const CODE_STEP = ['login.code', 'common.code', 'errors.browser'] as const;
const EMAIL_STEP = [
  ...(['login.email', 'login.emailPlaceholder', 'login.continue', 'login.address', 'login.passkey'] as const),
  ...(['login.passkeyWaiting', 'login.passkeyNeedsScript', 'errors.browser'] as const),
];

/** All sign-in steps. A later step stays available to this browser, also after a reload, until it expires. */
export default async function SignInPage({ searchParams }: Props) {
  const query = await searchParams;
  const asking = await findAsking(query);
  const returnTo = asking.path ?? (await toReturnPath(await requestContext(), query.return_to));
  const proof = await currentSession();
  if (proof && !(await mustSignInAgain(query, asking.pending, proof))) redirect(returnTo ?? '/profile');
  const [context, locale, theme, texts] = await Promise.all([
    requestContext(),
    getLocale(),
    getTheme(),
    requestTexts(),
  ]);
  const { registration } = context.project;
  const installation = await findInstallationState();
  if (installation === 'empty')
    return (
      <SignInLayout
        {...notSetUpWords(locale, context.projectName)}
        preferences={{ locale, theme }}
        actions={{ setLocale, setTheme }}
      >
        <SetUpLine origin={context.origin} />
      </SignInLayout>
    );
  const [code, details] = await Promise.all([
    query.step === 'code' ? findPendingSignIn(context.projectId, await readBrowserHash()) : null,
    findDetailsStep(query.step),
  ]);
  const t = texts.translator(locale, 'login');
  const words = details ? texts.translator(locale, 'login.details') : t;
  const asked = asking.pending && askedWords(asking.pending, { locale, query, proof });
  return (
    <SignInLayout
      title={asked?.title ?? words('title')}
      lead={asked?.lead ?? words('lead', { project: context.projectName })}
      preferences={{ locale, theme }}
      actions={{ setLocale, setTheme }}
    >
      <I18nProvider
        locale={locale}
        messages={texts.messagesOf(locale, ...(details ? DETAILS_STEP : code ? CODE_STEP : EMAIL_STEP))}
      >
        <FocusStep step={details ? 'details' : code ? `code ${code.resendAt.getTime()}` : 'email'} />
        {details ? (
          <DetailsStep
            email={details.address}
            fields={withTitles(texts, details.schemaId, details.fields, locale).map((field) =>
              toFormField(field, locale),
            )}
            returnTo={details.returnTo}
          />
        ) : code ? (
          <CodeStep
            key={code.resendAt.getTime()}
            {...toStep(code, new Date(), texts.translator(locale, 'errors'))}
            isOpen={registration === 'open'}
            isResent={query.resent === '1'}
            returnTo={returnTo}
          />
        ) : (
          <>
            {installation === 'without operator' && (
              <Notice word={translator(locale, 'common.notice')('info')}>
                {translator(locale, 'setup.pending')('lead')}
              </Notice>
            )}
            <SignInNotice query={query} graceDays={context.project.deletionGraceDays} locale={locale} texts={texts} />
            {asking.isEnded && (
              <Notice word={translator(locale, 'common.notice')('info')}>
                {translator(locale, 'authorize.faults')('request_expired')}
              </Notice>
            )}
            {asked && <PasskeyButton returnTo={returnTo} />}
            {asked && <Divider>{translator(locale, 'common')('or')}</Divider>}
            <EmailForm
              // Another account on the same page starts empty.
              key={asked?.otherAccount}
              email={asked?.email ?? toAddress(query.email)}
              help={registrationHelp(registration, t)}
              returnTo={returnTo}
            />
            {!asked && <Divider>{translator(locale, 'common')('or')}</Divider>}
            {!asked && <PasskeyButton returnTo={returnTo} />}
            {context.project.recoveryCodes !== 'off' && (
              <TextLink href={recoveryPath(returnTo)} className="self-center text-sm">
                {t('useRecoveryCode')}
              </TextLink>
            )}
            {asked?.otherAccount && (
              <TextLink href={asked.otherAccount} className="self-center text-sm">
                {translator(locale, 'authorize')('notYou')}
              </TextLink>
            )}
          </>
        )}
      </I18nProvider>
    </SignInLayout>
  );
}

/** The application's request that this sign-in serves, if it names one. */
async function findAsking({ request, return_to }: Query) {
  const named = typeof request === 'string' ? request : requestIdOf(typeof return_to === 'string' ? return_to : null);
  const none = { path: null, pending: null, isEnded: false };
  if (named === null) return none;
  const pending = await findPendingRequest((await requestContext()).projectId, named);
  return pending
    ? { path: continuePath(named), pending: { ...pending, id: named }, isEnded: false }
    : { ...none, isEnded: true };
}

type Asking = PendingRequest & { id: string };

/** `confirm`, `switch` and an application ask for a new sign-in, which replaces the session. */
async function mustSignInAgain(query: Query, pending: Asking | null, proof: Proof): Promise<boolean> {
  if (!pending) return query.confirm !== undefined && !isFresh(proof.session);
  return query.switch !== undefined || mustAuthenticate(proof.context, pending.request, pending.stored, proof);
}

/** What the page says where an application asks. */
function askedWords(
  { application, request, id }: Asking,
  { locale, query, proof }: { locale: Locale; query: Query; proof: Proof | null },
) {
  const t = translator(locale, 'authorize');
  const mark = <ApplicationMark application={application} />;
  const isConfirmed = proof !== null && query.switch === undefined;
  const names = { application: application.name };
  const sentence = isConfirmed ? t('confirmLead', names) : t('signInLead', names);
  return {
    title: isConfirmed ? t('confirmTitle') : undefined,
    lead: (
      <span className="flex items-center gap-2">
        {mark}
        <span className="min-w-0 wrap-anywhere">{sentence}</span>
      </span>
    ),
    email: toAddress(request.loginHint ?? undefined) || (isConfirmed ? (emailOf(proof.identity) ?? '') : ''),
    otherAccount: isConfirmed ? `${signInPath(id)}&switch=1` : null,
  };
}

/** Read once for both the page and its title. */
const findDetailsStep = cache(async (step: Query[string]) =>
  step === 'details' ? findPendingRegistration((await requestContext()).projectId, await readBrowserHash()) : null,
);

/**
 * Read once for both the page and its title. Without operators, people whom programs created may still sign in, and
 * newcomers register where that is allowed.
 */
const findInstallationState = cache(async () => {
  const { project, projectId } = await requestContext();
  if (await isSetUp(project)) return 'set up';
  const isOpen = project.registration !== 'closed' || (await countIdentities(projectId, {})) > 0;
  return isOpen ? 'without operator' : 'empty';
});

/** The address a link names, such as an invitation's; empty if it is not an address. */
function toAddress(email: Query[string]): string {
  return typeof email === 'string' && isAddress(normalizeAddress(email)) ? email.trim() : '';
}

/** The same for everyone: only an email says who is invited. */
function registrationHelp(registration: RegistrationMode, t: Translate<'login'>): string | undefined {
  if (registration === 'closed') return undefined;
  return t(registration === 'open' ? 'newcomer' : 'newcomerInvited');
}

function toStep(pending: PendingCode, now: Date, t: Translate<'errors'>) {
  const { address, hasCode, triesLeft } = pending;
  const blocked = 'code_used_or_expired';
  return {
    email: address,
    hasCode,
    blocked: hasCode && triesLeft === 0 ? ({ code: blocked, sentence: t(blocked) } as const) : null,
    codeMinutes: CODE_MINUTES,
    pauseSeconds: secondsUntilResend(pending, now),
  };
}

/** Why the person was redirected here. */
async function SignInNotice({
  query,
  graceDays,
  locale,
  texts,
}: {
  query: Query;
  graceDays: number;
  locale: Locale;
  texts: Texts;
}) {
  const t = texts.translator(locale, 'login');
  const text = await (async () => {
    if (query.notice === 'signed-out') return t('signedOut');
    if (query.notice === 'email-change-undone') return t('emailChangeUndone');
    if (query.notice === 'sign-in-disowned') return t('signInDisowned');
    if (query.notice === 'account-deletion' && graceDays > 0) return t('accountDeletion', { days: graceDays });
    if (query.notice === 'account-deleted') return t('accountDeleted');
    if (query.step === 'details') return t('details.expired');
    if (query.step === 'code') return texts.translator(locale, 'errors')('code_used_or_expired');
    // A session cookie whose session has ended: the person was signed in recently.
    if (query.return_to !== undefined && (await hadSession())) return t('sessionEnded');
    return null;
  })();
  return text && <Notice word={translator(locale, 'common.notice')('info')}>{text}</Notice>;
}
