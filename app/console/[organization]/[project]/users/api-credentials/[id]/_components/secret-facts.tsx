import { DescriptionList, DescriptionRow } from '@/components/ui/data/description-list';
import { RelativeTime } from '@/components/ui/data/relative-time';
import type { SecretPeriod } from '@/lib/api-credential/model';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';

type Props = { secrets: SecretPeriod[]; isExpired: boolean; locale: Locale; now: Date };

/** The valid secrets, with their creation and expiry. */
export function SecretFacts({ secrets, isExpired, locale, now }: Props) {
  const t = translator(locale, 'consoleCredentials.rotate');
  const date = (value: Date) => () => <RelativeTime value={value} now={now} locale={locale} />;
  return (
    <>
      <DescriptionList>
        {secrets.map(({ createdAt, expiresAt }) => (
          <DescriptionRow key={createdAt.getTime()} term={expiresAt ? t('previous') : t('current')}>
            {expiresAt
              ? t.rich('previousUntil', { date: date(expiresAt) })
              : t.rich('currentSince', { date: date(createdAt) })}
          </DescriptionRow>
        ))}
      </DescriptionList>
      {isExpired && <p className="pt-3 text-sm text-muted">{t('expired')}</p>}
    </>
  );
}
