import { RelativeTime } from '@/components/ui/data/relative-time';
import { DataTable, Row, RowActions, RowHeader, Td, Th } from '@/components/ui/data/table';
import { VisuallyHidden } from '@/components/ui/layout/visually-hidden';
import type { SecretPeriod } from '@/lib/application/model';
import { formatDate, type Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { ActionResult } from '@/lib/platform/action-result';
import { EndSecret } from './end-secret';

type Props = {
  clientId: string;
  secrets: SecretPeriod[];
  mayEdit: boolean;
  locale: Locale;
  end: (input: { clientId: string; secretId: string }) => Promise<ActionResult<unknown>>;
};

/** The valid secrets: the current one, and previous ones until they end. */
export function SecretTable({ clientId, secrets, mayEdit, locale, end }: Props) {
  const t = translator(locale, 'consoleApplications.secrets');
  const now = new Date();
  const time = (value: Date) => <RelativeTime value={value} now={now} locale={locale} />;
  return (
    <DataTable
      label={translator(locale, 'consoleApplications.sections')('secrets')}
      isFlush
      head={
        <>
          <Th isWide>{t('column')}</Th>
          <Th hideBelow="sm">{t('created')}</Th>
          <Th>{t('lastUsed')}</Th>
          <Th>{t('ends')}</Th>
          <Th>
            <VisuallyHidden>{t('end')}</VisuallyHidden>
          </Th>
        </>
      }
    >
      {secrets.map(({ id, name, createdAt, expiresAt, lastUsedAt }) => (
        <Row key={id}>
          <RowHeader detail={name ?? undefined}>{t(expiresAt ? 'previous' : 'current')}</RowHeader>
          <Td isMuted isNoWrap hideBelow="sm">
            {time(createdAt)}
          </Td>
          <Td isMuted isNoWrap>
            {lastUsedAt ? time(lastUsedAt) : t('never')}
          </Td>
          <Td isMuted isNoWrap>
            {expiresAt ? time(expiresAt) : t('notEnding')}
          </Td>
          <RowActions>
            {expiresAt && mayEdit && (
              <EndSecret clientId={clientId} secretId={id} date={formatDate(createdAt, locale)} end={end} />
            )}
          </RowActions>
        </Row>
      ))}
    </DataTable>
  );
}
