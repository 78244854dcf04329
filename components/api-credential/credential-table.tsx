import { RelativeTime } from '@/components/ui/data/relative-time';
import { CutText, DataTable, Row, RowHeader, Td, Th } from '@/components/ui/data/table';
import { type ApiCredential, permissionOf, stateOf } from '@/lib/api-credential/model';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { CredentialStateBadge } from './credential-state-badge';

type Props = {
  credentials: ApiCredential[];
  /** The list's path; a row links to `{base}/{clientId}`. */
  base: string;
  locale: Locale;
  now: Date;
};

/** API credentials, one per row; the first cell links to the detail view. */
export function CredentialTable({ credentials, base, locale, now }: Props) {
  const t = translator(locale, 'consoleCredentials');
  const column = translator(locale, 'consoleCredentials.columns');
  const time = (value: Date | null, otherwise: string) =>
    value ? <RelativeTime value={value} now={now} locale={locale} /> : otherwise;
  return (
    <DataTable
      label={t('tableTitle')}
      head={
        <>
          <Th isWide>{column('name')}</Th>
          <Th hideBelow="lg">{column('method')}</Th>
          <Th hideBelow="lg">{column('permission')}</Th>
          <Th hideBelow="md">{column('expires')}</Th>
          <Th hideBelow="sm">{column('lastUsed')}</Th>
          <Th>{column('state')}</Th>
        </>
      }
    >
      {credentials.map((credential) => (
        <Row key={credential.id}>
          <RowHeader
            href={`${base}/${credential.clientId}`}
            detail={
              <code className="font-mono text-xs">
                <CutText>{credential.clientId}</CutText>
              </code>
            }
            title={credential.name}
          >
            <bdi>{credential.name}</bdi>
          </RowHeader>
          <Td hideBelow="lg" isMuted isNoWrap>
            {credential.authMethod}
          </Td>
          <Td hideBelow="lg" isMuted isNoWrap>
            {t(`permissions.${permissionOf(credential.scopes)}`)}
          </Td>
          <Td hideBelow="md" isMuted isNoWrap>
            {time(credential.expiresAt, t('neverExpires'))}
          </Td>
          <Td hideBelow="sm" isMuted isNoWrap>
            {time(credential.lastUsedAt, t('neverUsed'))}
          </Td>
          <Td isNoWrap>
            <CredentialStateBadge state={stateOf(credential, now)} locale={locale} />
          </Td>
        </Row>
      ))}
    </DataTable>
  );
}
