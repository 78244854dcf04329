import { RelativeTime } from '@/components/ui/data/relative-time';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { Identity } from '@/lib/identity/model';

type Props = {
  identity: Identity;
  passkeyCount: number;
  /** The last authentication; null without an active session. */
  signedInAt: Date | null;
  locale: Locale;
  now: Date;
};

/** The account's status, or the most useful next step. */
export function Status({ identity, passkeyCount, signedInAt, locale, now }: Props) {
  const t = translator(locale, 'profile.status');
  if (passkeyCount === 0) return <p>{t('noPasskey')}</p>;
  if (identity.verifiableAddresses.some(({ verified }) => !verified)) return <p>{t('unverified')}</p>;
  if (passkeyCount === 1) return <p>{t('onePasskey')}</p>;
  if (signedInAt === null) return null;
  const date = () => <RelativeTime value={signedInAt} now={now} locale={locale} />;
  return <p>{t.rich('good', { passkeys: passkeyCount, date })}</p>;
}
