import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { cache, Fragment } from 'react';
import { setLocale, setTheme } from '@/app/shell-actions';
import { ApplicationMark } from '@/components/application/application-mark';
import { SignInLayout } from '@/components/shell/sign-in-layout';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { Notice } from '@/components/ui/notice';
import { TextLink } from '@/components/ui/text-link';
import { mayUse } from '@/lib/application/service';
import { describeClaims } from '@/lib/claim/service';
import { destinationOf, isOwnHost, signInPath } from '@/lib/grant/model';
import { findPendingRequest, mustAuthenticate, type PendingRequest } from '@/lib/grant/service';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { displayName } from '@/lib/identity/model/name';
import { getLocale, getTheme } from '@/lib/web/locale';
import { currentSession, type Proof, requestContext } from '@/lib/web/session';
import { answerRequest } from './actions';
import { learnedRows } from './learned-rows';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const t = translator(await getLocale(), 'authorize');
  const pending = await findRequest((await searchParams).request);
  return { title: pending ? t('consent.title', { application: pending.application.name }) : t('ended.title') };
}

/**
 * Consent: who one is, what the application learns, with the values, and where the answer goes. Also says so where the
 * person may not use the application, before the application learns it.
 */
export default async function AuthorizePage({ searchParams }: Props) {
  const { request: id } = await searchParams;
  const [pending, proof] = await Promise.all([findRequest(id), currentSession()]);
  const [locale, theme] = await Promise.all([getLocale(proof?.identity.locale), getTheme()]);
  const frame = { preferences: { locale, theme }, actions: { setLocale, setTheme } };
  const t = translator(locale, 'authorize');
  if (!pending || typeof id !== 'string') {
    return (
      <SignInLayout title={t('ended.title')} lead={t('ended.lead')} {...frame}>
        {null}
      </SignInLayout>
    );
  }
  if (!proof || (await mustAuthenticate(proof.context, pending.request, pending.stored, proof)))
    redirect(signInPath(id));
  const { application } = pending;
  const names = { application: application.name };
  const name = displayName(proof.identity);
  const isAllowed = await mayUse(application, proof.identity.id);
  const lead = isAllowed
    ? t('consent.lead', { project: proof.context.projectName, name })
    : t('refused.lead', { name });
  return (
    <SignInLayout title={isAllowed ? t('consent.title', names) : t('refused.title', names)} lead={lead} {...frame}>
      <ApplicationMark application={application} size={40} />
      {isAllowed && <Learned pending={pending} proof={proof} locale={locale} />}
      {isAllowed && <Destination pending={pending} proof={proof} locale={locale} />}
      <div className="flex flex-col gap-3">
        {isAllowed && <AnswerForm id={id} answer="allow" label={t('consent.allow')} variant="primary" />}
        <AnswerForm
          id={id}
          answer="deny"
          label={isAllowed ? t('consent.cancel') : t('refused.back', names)}
          variant="secondary"
        />
      </div>
      <TextLink href={`${signInPath(id)}&switch=1`} className="self-center text-sm">
        {t('notYou')}
      </TextLink>
    </SignInLayout>
  );
}

/** Read once for both the page and its title. */
const findRequest = cache(async (id: string | string[] | undefined) =>
  typeof id === 'string' ? findPendingRequest((await requestContext()).projectId, id) : null,
);

type Shown = { pending: PendingRequest; proof: Proof; locale: Locale };

async function Learned({ pending: { application, request }, proof, locale }: Shown) {
  const t = translator(locale, 'authorize.consent');
  const claims = await describeClaims(proof.context, proof.identity, request.scopes);
  return (
    <section className="flex flex-col gap-3" aria-labelledby="learned">
      <h2 id="learned" className="font-semibold wrap-anywhere">
        {t('learns', { application: application.name })}
      </h2>
      <dl className="grid grid-cols-[minmax(0,7rem)_minmax(0,1fr)] gap-x-4 gap-y-2 text-sm">
        {[...learnedRows(claims, locale), { term: t('identifier'), value: proof.identity.id }].map(
          ({ term, value }) => (
            <Fragment key={term}>
              <dt className="text-muted">{term}</dt>
              <dd className="min-w-0 wrap-anywhere">{value}</dd>
            </Fragment>
          ),
        )}
      </dl>
      {request.scopes.includes('offline_access') && <p className="text-sm text-muted">{t('offline')}</p>}
    </section>
  );
}

function Destination({ pending: { application, request }, proof, locale }: Shown) {
  const t = translator(locale, 'authorize.consent');
  const { projectName: project, origin } = proof.context;
  const host = destinationOf(request.redirectUri);
  if (isOwnHost(request.redirectUri, origin))
    return <p className="text-sm text-muted wrap-anywhere">{t('own', { host })}</p>;
  return (
    <Notice tone="warning" word={translator(locale, 'common.notice')('warning')}>
      <span className="wrap-anywhere">
        {application.kind === 'native' ? t('native', { host }) : t('foreign', { project, host })}
      </span>
    </Notice>
  );
}

type AnswerProps = { id: string; answer: 'allow' | 'deny'; label: string; variant: 'primary' | 'secondary' };

function AnswerForm({ id, answer, label, variant }: AnswerProps) {
  return (
    <form action={answerRequest}>
      <input type="hidden" name="request" value={id} />
      <input type="hidden" name="answer" value={answer} />
      <SubmitButton isBlock variant={variant}>
        {label}
      </SubmitButton>
    </form>
  );
}
