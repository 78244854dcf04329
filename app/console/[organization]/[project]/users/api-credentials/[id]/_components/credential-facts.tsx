import { DescriptionList, DescriptionRow } from '@/components/ui/data/description-list';
import { RelativeTime } from '@/components/ui/data/relative-time';
import { type ApiCredential, permissionOf } from '@/lib/api-credential/model';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';

type Props = {
  credential: ApiCredential;
  /** Includes the settings where no form shows them. */
  isComplete: boolean;
  locale: Locale;
  now: Date;
};

export function CredentialFacts({ credential, isComplete, locale, now }: Props) {
  const t = translator(locale, 'consoleCredentials');
  const detail = translator(locale, 'consoleCredentials.detail');
  const { audiences, expiresAt, lastUsedAt, lastUsedAddress } = credential;
  const time = (value: Date) => <RelativeTime value={value} now={now} locale={locale} />;
  return (
    <DescriptionList>
      <DescriptionRow term={detail('created')}>{time(credential.createdAt)}</DescriptionRow>
      <DescriptionRow term={detail('lastUsed')}>
        {lastUsedAt
          ? detail.rich('lastUsedFrom', { date: () => time(lastUsedAt), address: lastUsedAddress ?? '' })
          : t('neverUsed')}
      </DescriptionRow>
      <DescriptionRow term={detail('expires')}>{expiresAt ? time(expiresAt) : t('neverExpires')}</DescriptionRow>
      <DescriptionRow term={t('scopes')}>
        <span className="flex flex-wrap gap-x-3">
          {credential.scopes.map((scope) => (
            <code key={scope} className="font-mono text-sm">
              {scope}
            </code>
          ))}
        </span>
      </DescriptionRow>
      {isComplete && (
        <>
          <DescriptionRow term={detail('permission')}>
            {t(`permissions.${permissionOf(credential.scopes)}`)}
          </DescriptionRow>
          <DescriptionRow term={detail('method')}>{credential.authMethod}</DescriptionRow>
        </>
      )}
      {audiences.length > 0 && (
        <DescriptionRow term={detail('otherAudiences')}>
          {audiences.map((audience) => (
            <code key={audience} className="block font-mono">
              {audience}
            </code>
          ))}
        </DescriptionRow>
      )}
    </DescriptionList>
  );
}
