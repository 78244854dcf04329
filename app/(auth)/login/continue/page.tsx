import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { setLocale, setTheme } from '@/app/shell-actions';
import { ApplicationMark } from '@/components/application/application-mark';
import { SignInLayout } from '@/components/shell/sign-in-layout';
import { buttonStyle } from '@/components/ui/button-style';
import type { Application } from '@/lib/application/model';
import { resumePath, signInPath } from '@/lib/grant/model';
import { findPendingRequest } from '@/lib/grant/service';
import { translator } from '@/lib/i18n/translate';
import { readBrowserHash } from '@/lib/web/browser';
import { getLocale, getTheme } from '@/lib/web/locale';
import { currentSession, requestContext } from '@/lib/web/session';
import { Leave } from './_components/leave';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await getLocale(), 'authorize.leave')('title') };
}

/**
 * Leaves for the authorization endpoint, and from there for the application, by a navigation of its own: a form may not
 * redirect to another host (`form-action`), and neither may an action, whose redirect Next would follow itself. In another
 * browser than the one where the sign-in began, it says where to go on: the application waits there.
 */
export default async function ContinuePage({ searchParams }: Props) {
  const { request } = await searchParams;
  const [{ projectId }, locale, theme] = await Promise.all([requestContext(), getLocale(), getTheme()]);
  const frame = { preferences: { locale, theme }, actions: { setLocale, setTheme } };
  const t = translator(locale, 'authorize');
  const id = typeof request === 'string' ? request : '';
  const pending = await findPendingRequest(projectId, id);
  if (!pending) {
    return (
      <SignInLayout title={t('ended.title')} lead={t('ended.lead')} {...frame}>
        {null}
      </SignInLayout>
    );
  }
  if (!(await currentSession())) redirect(signInPath(id));
  const { application, stored } = pending;
  const names = { application: application.name };
  if (stored.browserHash !== (await readBrowserHash())) {
    return (
      <SignInLayout title={t('other.title')} lead={t('other.lead', names)} {...frame}>
        {application.launchUrl && <OutLink href={application.launchUrl}>{t('ended.open', names)}</OutLink>}
      </SignInLayout>
    );
  }
  const href = resumePath(application.clientId, id);
  return (
    <SignInLayout
      title={t('leave.title')}
      lead={<Going application={application}>{t('leave.lead', names)}</Going>}
      {...frame}
    >
      <Leave href={href} />
      <noscript>
        <meta httpEquiv="refresh" content={`0;url=${href}`} />
      </noscript>
      <OutLink href={href}>{t('leave.link', names)}</OutLink>
    </SignInLayout>
  );
}

function Going({ application, children }: { application: Application; children: ReactNode }) {
  return (
    <span className="flex items-center gap-2">
      <ApplicationMark application={application} />
      <span className="min-w-0 wrap-anywhere">{children}</span>
    </span>
  );
}

/** A plain link: Next's router would fetch the page instead of navigating. */
function OutLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} className={buttonStyle('secondary', undefined, true)}>
      <span className="min-w-0">{children}</span>
    </a>
  );
}
