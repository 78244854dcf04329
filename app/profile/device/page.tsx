import { cookies } from 'next/headers';
import { CancelForm } from '@/components/pairing/cancel-form';
import { ReloadLink } from '@/components/pairing/reload-link';
import { WatchStep } from '@/components/pairing/watch-step';
import { deviceText } from '@/components/session/device-text';
import { FocusHeadingAfter } from '@/components/shell/focus-heading-after';
import { PageHeading } from '@/components/shell/page-heading';
import { RelativeTime } from '@/components/ui/data/relative-time';
import { TextLink } from '@/components/ui/text-link';
import { listPasskeys } from '@/lib/credential/service';
import type { Locale } from '@/lib/i18n/model';
import { I18nProvider } from '@/lib/i18n/provider';
import { messagesOf, translator } from '@/lib/i18n/translate';
import { isWaiting } from '@/lib/pairing/model';
import { findOwnPairing, isShownCode, type OwnPairing } from '@/lib/pairing/service';
import { toDevice } from '@/lib/platform/user-agent';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { PAIRING_COOKIE } from '@/lib/web/pairing-cookie';
import { type Proof, requireSession } from '@/lib/web/session';
import { cookieName } from '@/lib/web/session-cookie';
import { AnswerForm } from './_components/answer-form';
import { ShownCode } from './_components/shown-code';
import { StartForm } from './_components/start-form';
import { submitAnswer, submitCancel, submitStart } from './actions';

export const generateMetadata = pageTitle('pairing', 'title');

/** "Use another device": shows the code, then what the other device is, then how it went. */
export default async function DevicePage() {
  const proof = await requireSession();
  const locale = await getLocale(proof.identity.locale);
  const own = await findOwnPairing(proof);
  const code = own && (await findShownCode(proof, own));
  const t = translator(locale, 'pairing');
  return (
    <I18nProvider locale={locale} messages={messagesOf(locale, 'pairing')}>
      <FocusHeadingAfter shown={[own?.step ?? 'start']} />
      <div className="flex max-w-text flex-col items-start gap-6">
        {own && isWaiting(own.step) && (own.step !== 'open' || code) ? (
          <>
            <Waiting own={own} code={code} proof={proof} locale={locale} />
            <WatchStep side="own" shown={{ id: own.pairing.id, step: own.step }} />
            <ReloadLink href="/profile/device" locale={locale} />
            {own.step !== 'requested' && <CancelForm action={submitCancel} />}
          </>
        ) : (
          <>
            <Outcome own={own?.step === 'open' ? null : own} proof={proof} locale={locale} />
            <TextLink href="/profile">{t('back')}</TextLink>
          </>
        )}
      </div>
    </I18nProvider>
  );
}

/** The code, if this browser shows it: another browser with the same session cookie does not exist. */
async function findShownCode({ context }: Proof, { pairing }: OwnPairing): Promise<string | null> {
  const code = (await cookies()).get(cookieName(context, PAIRING_COOKIE))?.value;
  return code !== undefined && isShownCode(pairing, code) ? code : null;
}

type StepProps = { own: OwnPairing; proof: Proof; locale: Locale };

function Waiting({ own, code, proof, locale }: StepProps & { code: string | null }) {
  const { pairing, step } = own;
  const t = translator(locale, 'pairing');
  const device = deviceText(toDevice(pairing.userAgent ?? ''), locale);
  const time = () => <RelativeTime value={pairing.expiresAt} now={new Date()} locale={locale} />;
  if (step === 'open' && code !== null) {
    return (
      <>
        <PageHeading title={t('open.title')} />
        <ShownCode code={code} project={proof.project} locale={locale} />
        <p>{t.rich('open.validUntil', { time })}</p>
      </>
    );
  }
  if (step === 'requested') {
    return (
      <>
        <PageHeading title={t('requested.title')}>{t('requested.lead')}</PageHeading>
        <AnswerForm
          id={pairing.id}
          device={device}
          address={pairing.address ?? ''}
          number={String(pairing.number ?? '')}
          action={submitAnswer}
        />
      </>
    );
  }
  return <PageHeading title={t('confirmed.title')}>{t.rich('confirmed.lead', { device, time })}</PageHeading>;
}

/** How the last one ended, and the start of the next. */
async function Outcome({ own, proof, locale }: Omit<StepProps, 'own'> & { own: OwnPairing | null }) {
  const t = translator(locale, 'pairing');
  const start = (isAgain: boolean) => <StartForm action={submitStart} project={proof.project.name} isAgain={isAgain} />;
  switch (own?.step) {
    case 'used': {
      const device = deviceText(toDevice(own.pairing.userAgent ?? ''), locale);
      const passkeys = await listPasskeys(proof.project.id, proof.identity.id);
      const name = passkeys.find(({ id }) => id === own.pairing.passkeyId)?.name;
      return (
        <>
          <PageHeading title={t('used.title')}>
            {name === undefined ? t('used.leadDeleted', { device }) : t('used.lead', { name, device })}
          </PageHeading>
          {start(true)}
        </>
      );
    }
    case 'refused':
    case 'cancelled':
    case 'expired':
      return (
        <>
          <PageHeading title={t(`${own.step}.title`)}>{t(`${own.step}.lead`)}</PageHeading>
          {start(true)}
        </>
      );
    default:
      return (
        <>
          <PageHeading title={t('title')}>{t('lead')}</PageHeading>
          {start(false)}
        </>
      );
  }
}
