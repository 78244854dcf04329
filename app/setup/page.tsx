import type { Metadata } from 'next';
import { cache, type ReactNode } from 'react';
import { setLocale, setTheme, signOut } from '@/app/preferences';
import { SignInLayout } from '@/components/shell/sign-in-layout';
import { ButtonLink } from '@/components/ui/button-link';
import { SubmitButton } from '@/components/ui/submit-button';
import { getLocale, getTheme } from '@/lib/http/locale';
import { currentSession, type Proof, requestContext, toLoginPath } from '@/lib/http/session';
import { I18nProvider } from '@/lib/i18n/provider';
import { messagesOf, translator } from '@/lib/i18n/translate';
import { emailOf } from '@/lib/identity/model';
import type { InvitationPreview } from '@/lib/operator/model';
import { hasOperators, peekInvitation } from '@/lib/operator/service';
import { getProject } from '@/lib/project/service';
import { AcceptForm } from './_components/accept-form';
import { SetupForm } from './_components/setup-form';
import { setupPath } from './paths';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };
type View = { title: string; lead: string; content: ReactNode };
type Invited = Exclude<InvitationPreview, { state: 'spent' }>;

/** The first operator's page, and that of invited ones. Opening it uses nothing up. */
export default async function SetupPage({ searchParams }: Props) {
  const { token } = await searchParams;
  const [locale, theme] = await Promise.all([getLocale(), getTheme()]);
  const { title, lead, content } = await viewOf(typeof token === 'string' ? token : '');
  return (
    <SignInLayout title={title} lead={lead} preferences={{ locale, theme }} actions={{ setLocale, setTheme }}>
      <I18nProvider locale={locale} messages={messagesOf(locale, 'setup', 'login', 'settings', 'errors')}>
        {content}
      </I18nProvider>
    </SignInLayout>
  );
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { token } = await searchParams;
  return { title: (await viewOf(typeof token === 'string' ? token : '')).title };
}

/** Asked for twice, by the page and by its title. */
const viewOf = cache(async (token: string): Promise<View> => {
  const preview = await peekInvitation((await requestContext()).projectId, token);
  if (preview.state === 'spent') return spentView(token);
  if (preview.state === 'sign_in') return acceptView(token, preview);
  const t = translator(await getLocale(), 'setup');
  const { projectName: project } = await requestContext();
  const { kind, email, role, organization } = preview;
  if (kind === 'setup') {
    const content = <SetupForm token={token} email={email} button={t('button')} />;
    return { title: t('title', { project }), lead: t('lead'), content };
  }
  return {
    title: t('invitation.title', { organization }),
    lead: t('invitation.lead', { email: email ?? '', role }),
    content: <SetupForm token={token} email={email} button={t('invitation.button')} />,
  };
});

/** Somebody with this address has an account already: they sign in to it and accept. */
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
    return { title, lead: t('signInLead', { email: email ?? '' }), content };
  }
  if (!isTheirs(proof, email)) {
    const content = (
      <form action={signOut}>
        <input type="hidden" name="return_to" value={setupPath(token)} />
        <SubmitButton isBlock>{t('switchPerson')}</SubmitButton>
      </form>
    );
    const current = emailOf(proof.identity) ?? '';
    return { title, lead: t('otherPerson', { email: email ?? '', current }), content };
  }
  return { title, lead: t('acceptLead', { role }), content: <AcceptForm token={token} /> };
}

function isTheirs({ identity }: Proof, email: string | null): boolean {
  return identity.verifiableAddresses.some(({ value }) => value === email);
}

/** Used up, expired, or never there. Before there is an operator the way on is the terminal, afterwards the people there are. */
async function spentView(token: string): Promise<View> {
  const t = translator(await getLocale(), 'setup');
  const { organizationId } = await getProject((await requestContext()).projectId);
  if (!(await hasOperators(organizationId))) {
    return { title: t('spentTitle'), lead: t('spentBody'), content: null };
  }
  const content = (
    <ButtonLink href="/login" variant="primary" isBlock>
      {t('signIn')}
    </ButtonLink>
  );
  return token === ''
    ? { title: t('doneTitle'), lead: t('doneBody'), content }
    : { title: t('invitation.spentTitle'), lead: t('invitation.spentBody'), content };
}
