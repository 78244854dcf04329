import type { Metadata } from 'next';
import { cache, type ReactNode } from 'react';
import { setLocale, setTheme, signOutAction } from '@/app/shell-actions';
import { FocusStep } from '@/components/shell/focus-step';
import { notSetUpWords, SetUpLine } from '@/components/shell/set-up-line';
import { SignInLayout } from '@/components/shell/sign-in-layout';
import { ButtonLink } from '@/components/ui/button-link';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { I18nProvider } from '@/lib/i18n/provider';
import { messagesOf, translator } from '@/lib/i18n/translate';
import { emailOf } from '@/lib/identity/model';
import type { InvitationPreview } from '@/lib/invitation/model';
import { peekInvitation } from '@/lib/invitation/service';
import { findInvitationProof, nextAcceptanceStep, previewAcceptance } from '@/lib/operator/service';
import { hasOperators } from '@/lib/role/service';
import { isFresh } from '@/lib/session/model';
import { CODE_MINUTES, secondsUntilResend } from '@/lib/verification/model';
import { readBrowserHash } from '@/lib/web/browser';
import { getLocale, getTheme } from '@/lib/web/locale';
import { currentSession, type Proof, requestContext, toLoginPath } from '@/lib/web/session';
import { AcceptForm } from './_components/accept-form';
import { JoinForm } from './_components/join-form';
import { MailboxCodeForm, SendCodeForm } from './_components/mailbox-form';
import { RemovalList } from './_components/removal-list';
import { SetupForm } from './_components/setup-form';
import { setupPath } from './paths';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };
type View = { title: string; lead: string; content: ReactNode; step: string };
type InvitationWords = ReturnType<typeof translator<'setup.invitation'>>;
type Invited = Exclude<InvitationPreview, { state: 'unusable' }>;

const NOTHING_REMOVED = { passkeys: [], identifiers: [] };

/** Setup for the first operator and for invited ones. Opening the page consumes nothing. */
export default async function SetupPage({ searchParams }: Props) {
  const { token, resent } = await searchParams;
  const [locale, theme] = await Promise.all([getLocale(), getTheme()]);
  const { title, lead, content, step } = await viewOf(typeof token === 'string' ? token : '', resent === '1');
  return (
    <SignInLayout title={title} lead={lead} preferences={{ locale, theme }} actions={{ setLocale, setTheme }}>
      <I18nProvider
        locale={locale}
        messages={messagesOf(locale, 'setup', 'login', 'settings', 'errors.browser', 'common.stepUp', 'common.code')}
      >
        <FocusStep step={step} />
        {content}
      </I18nProvider>
    </SignInLayout>
  );
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { token, resent } = await searchParams;
  return { title: (await viewOf(typeof token === 'string' ? token : '', resent === '1')).title };
}

/** Read once for both the page and its title. */
const viewOf = cache(async (token: string, isResent: boolean): Promise<View> => {
  const preview = await peekInvitation((await requestContext()).projectId, token);
  if (preview.state === 'unusable') return usedView(token);
  if (preview.state === 'sign_in') return acceptView(token, preview);
  const t = translator(await getLocale(), 'setup');
  const { projectName: project } = await requestContext();
  const { kind, email, role, organization } = preview;
  if (kind === 'setup') {
    const content = <SetupForm token={token} email={email} button={t('button')} />;
    return { title: t('title', { project }), lead: t('lead'), content, step: 'form' };
  }
  const mailbox = await mailboxView(token, preview, isResent);
  if (mailbox) return mailbox;
  return {
    title: t('invitation.title', { organization }),
    lead: t('invitation.lead', { email: email ?? '', role }),
    content: <SetupForm token={token} email={email} button={t('invitation.button')} />,
    step: 'form',
  };
});

/** The inviter has seen the link, so a new person verifies the mailbox first. Null once verified. */
async function mailboxView(
  token: string,
  { email, role, organization }: Invited,
  isResent: boolean,
): Promise<View | null> {
  const address = email ?? '';
  const { projectId } = await requestContext();
  const { isProven, pending } = await findInvitationProof(projectId, address, await readBrowserHash());
  if (isProven) return null;
  const t = translator(await getLocale(), 'setup.invitation');
  const title = t('title', { organization });
  if (!pending) {
    const lead = t('mailboxLead', { email: address, role });
    return { title, lead, content: <SendCodeForm token={token} />, step: 'mailbox' };
  }
  const content = (
    <MailboxCodeForm
      key={pending.resendAt.getTime()}
      token={token}
      minutes={CODE_MINUTES}
      pauseSeconds={secondsUntilResend(pending, new Date())}
      isResent={isResent}
    />
  );
  return { title, lead: t('codeLead', { email: address }), content, step: `code ${pending.resendAt.getTime()}` };
}

/** The address already has an account: its owner signs in and accepts. */
async function acceptView(token: string, { email, role, organization }: Invited): Promise<View> {
  const t = translator(await getLocale(), 'setup.invitation');
  const title = t('title', { organization });
  const proof = await currentSession();
  if (!proof) {
    const content = (
      <ButtonLink href={toLoginPath(setupPath(token))} variant="primary" isBlock>
        {t('signIn')}
      </ButtonLink>
    );
    return { title, lead: t('signInLead', { email: email ?? '' }), content, step: 'sign-in' };
  }
  const address = email ?? '';
  if (!ownsAddress(proof, email)) {
    const current = emailOf(proof.identity) ?? '';
    const content = <SignOutForm token={token} label={t('switchPerson')} />;
    return { title, lead: t('otherPerson', { email: address, current }), content, step: 'other' };
  }
  const way = await nextAcceptanceStep(proof, address);
  if (way === 'prove_mailbox') return signInAgainView(t, token, title, address);
  if (way === 'create_passkey' && !isFresh(proof.session)) return signInAgainView(t, token, title, address);
  const { passkeyId } = proof.session;
  // For an operator signed in by a code, accepting determines which passkey stays.
  const isPasskeyKnown = way === 'create_passkey' || passkeyId !== null;
  const removals = isPasskeyKnown ? await previewAcceptance(proof.identity, address, passkeyId) : NOTHING_REMOVED;
  const content = (
    <>
      <RemovalList removals={removals} locale={await getLocale()} />
      {way === 'accept' ? <AcceptForm token={token} /> : <JoinForm token={token} />}
    </>
  );
  return { title, lead: t(way === 'accept' ? 'acceptLead' : 'joinLead', { email: address, role }), content, step: way };
}

function signInAgainView(t: InvitationWords, token: string, title: string, email: string): View {
  const content = <SignOutForm token={token} label={t('signInAgain')} />;
  return { title, lead: t('signInAgainLead', { email }), content, step: 'again' };
}

/** Signs out, then returns here through sign-in. */
function SignOutForm({ token, label }: { token: string; label: string }) {
  return (
    <form action={signOutAction}>
      <input type="hidden" name="return_to" value={setupPath(token)} />
      <SubmitButton isBlock>{label}</SubmitButton>
    </form>
  );
}

function ownsAddress({ identity }: Proof, email: string | null): boolean {
  return identity.verifiableAddresses.some(({ value }) => value === email);
}

/** Used, expired or unknown. Without an operator the terminal has a new link; otherwise an owner invites. */
async function usedView(token: string): Promise<View> {
  const t = translator(await getLocale(), 'setup');
  const { organizationId } = (await requestContext()).project;
  if (!(await hasOperators(organizationId))) {
    const { projectName, origin } = await requestContext();
    if (token === '')
      return {
        ...notSetUpWords(await getLocale(), projectName),
        content: <SetUpLine origin={origin} />,
        step: 'spent',
      };
    return { title: t('expiredTitle'), lead: t('expiredBody'), content: <SetUpLine origin={origin} />, step: 'spent' };
  }
  const content = (
    <ButtonLink href="/login" variant="primary" isBlock>
      {t('signIn')}
    </ButtonLink>
  );
  return token === ''
    ? { title: t('doneTitle'), lead: t('doneBody'), content, step: 'spent' }
    : { title: t('invitation.expiredTitle'), lead: t('invitation.expiredBody'), content, step: 'spent' };
}
