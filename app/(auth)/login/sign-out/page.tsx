import type { Metadata } from 'next';
import { setLocale, setTheme } from '@/app/shell-actions';
import { SignInLayout } from '@/components/shell/sign-in-layout';
import { ButtonLink } from '@/components/ui/button-link';
import { buttonStyle } from '@/components/ui/button-style';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { findLogoutTarget, type LogoutRequest } from '@/lib/grant/service';
import { translator } from '@/lib/i18n/translate';
import { getLocale, getTheme } from '@/lib/web/locale';
import { currentSession, requestContext } from '@/lib/web/session';
import { Leave } from '../continue/_components/leave';
import { signOutFor } from './actions';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const isSignedIn = (await currentSession()) !== null;
  const { projectName: project } = await requestContext();
  const t = translator(await getLocale(), 'signOut');
  return { title: isSignedIn ? t('title', { project }) : t('doneTitle') };
}

/**
 * Asks before it signs out for an application that brought no proof of whom it means, and leaves for the application
 * afterwards if it registered the address (RP-Initiated Logout §2, §3). It leaves by a navigation of its own: a form may not
 * redirect to another host (`form-action`), and Next would follow an action's redirect itself.
 */
export default async function SignOutPage({ searchParams }: Props) {
  const { client_id, post_logout_redirect_uri, state, done, invalid } = await searchParams;
  const [{ projectId, projectName: project }, locale, theme, proof] = await Promise.all([
    requestContext(),
    getLocale(),
    getTheme(),
    currentSession(),
  ]);
  const t = translator(locale, 'signOut');
  const frame = { preferences: { locale, theme }, actions: { setLocale, setTheme } };
  const sent = {
    clientId: single(client_id),
    postLogoutRedirectUri: single(post_logout_redirect_uri),
    state: single(state),
  };
  const target = invalid === undefined ? await findLogoutTarget(projectId, sent) : null;
  const name = target?.application?.name;
  if (!proof) {
    const href = target?.redirectTo ?? null;
    return (
      <SignInLayout title={t('doneTitle')} lead={t('doneLead', { project })} {...frame}>
        {href !== null && done !== undefined && (
          <>
            <Leave href={href} />
            <noscript>
              <meta httpEquiv="refresh" content={`0;url=${href}`} />
            </noscript>
          </>
        )}
        {href === null ? (
          <ButtonLink href="/login" variant="secondary" isBlock>
            {t('signIn')}
          </ButtonLink>
        ) : (
          <a href={href} className={buttonStyle('secondary', undefined, true)}>
            <span className="min-w-0">{t('back', { application: name ?? '' })}</span>
          </a>
        )}
      </SignInLayout>
    );
  }
  const lead = !target ? t('invalid') : name === undefined ? t('lead') : t('leadFor', { application: name, project });
  return (
    <SignInLayout title={t('title', { project })} lead={lead} {...frame}>
      <form action={signOutFor} className="flex flex-col">
        {Object.entries(target ? toFields(sent) : {}).map(([field, value]) => (
          <input key={field} type="hidden" name={field} value={value} />
        ))}
        <SubmitButton isBlock pendingLabel={translator(locale, 'common')('working')}>
          {t('button')}
        </SubmitButton>
      </form>
      <ButtonLink href="/profile" variant="secondary" isBlock>
        {t('stay')}
      </ButtonLink>
    </SignInLayout>
  );
}

function toFields({ clientId, postLogoutRedirectUri, state }: LogoutRequest): Record<string, string> {
  return {
    ...(clientId !== undefined && { client_id: clientId }),
    ...(postLogoutRedirectUri !== undefined && { post_logout_redirect_uri: postLogoutRedirectUri }),
    ...(state !== undefined && { state }),
  };
}

function single(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
