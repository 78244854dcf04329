import { RelativeTime } from '@/components/ui/data/relative-time';
import { TEXT_LINK_STYLE } from '@/components/ui/text-link';
import { type HealthPasskey, type NextStep, nextStep } from '@/lib/credential/model/health';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { Identity } from '@/lib/identity/model';

type Props = {
  identity: Identity;
  passkeys: HealthPasskey[];
  /** The last authentication; null without an active session. */
  signedInAt: Date | null;
  locale: Locale;
  now: Date;
  /** With a link to the control of the next step, which takes the focus. */
  hasLink?: boolean;
};

/** The account's status, or the most useful next step. */
export function Status({ identity, passkeys, signedInAt, locale, now, hasLink = false }: Props) {
  const t = translator(locale, 'profile.status');
  const isVerified = identity.verifiableAddresses.every(({ verified }) => verified);
  const step = nextStep(passkeys, { isVerified }, now);
  if (step) {
    return (
      <p>
        {sentenceOf(step, locale)} {hasLink && <StepLink step={step} locale={locale} />}
      </p>
    );
  }
  if (signedInAt === null) return null;
  const date = () => <RelativeTime value={signedInAt} now={now} locale={locale} />;
  return <p>{t.rich('good', { passkeys: passkeys.length, date })}</p>;
}

function sentenceOf(step: NextStep, locale: Locale): string {
  const t = translator(locale, 'profile.status');
  switch (step.kind) {
    case 'copied':
      return t('copied', { name: step.passkey.name });
    case 'unused':
      return t('unused', { name: step.passkey.name, days: step.days });
    case 'noPasskey':
    case 'unverified':
    case 'onePasskey':
    case 'oneDevice':
      return t(step.kind);
  }
}

/** A plain link: the browser itself moves the focus to a target that can take it, also without script. */
function StepLink({ step, locale }: { step: NextStep; locale: Locale }) {
  const { target, text } = linkOf(step, locale);
  return (
    <a href={`#${target}`} className={TEXT_LINK_STYLE}>
      {text}
    </a>
  );
}

function linkOf(step: NextStep, locale: Locale): { target: string; text: string } {
  const t = translator(locale, 'profile');
  if ('passkey' in step) return { target: `delete-${step.passkey.id}`, text: t('status.show') };
  if (step.kind === 'unverified') return { target: 'verify-email', text: t('summary.verify') };
  return { target: 'add-passkey', text: t('passkeys.add') };
}
