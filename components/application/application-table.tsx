import { Badge } from '@/components/ui/badge';
import { DateText } from '@/components/ui/data/date-text';
import { CutText, DataTable, Row, RowHeader, Td, Th } from '@/components/ui/data/table';
import type { AllowedGroup, Application } from '@/lib/application/model';
import { formatList, type Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';

type Props = {
  applications: Application[];
  /** By application ID. */
  groups: ReadonlyMap<string, AllowedGroup[]>;
  /** The list's path; a row links to `{base}/{clientId}`. */
  base: string;
  locale: Locale;
};

/** Applications, one per row; the first cell links to the detail view. */
export function ApplicationTable({ applications, groups, base, locale }: Props) {
  const t = translator(locale, 'consoleApplications');
  const column = translator(locale, 'consoleApplications.columns');
  const accessOf = ({ id, access }: Application) => {
    if (access === 'everybody') return t('everybody');
    const names = (groups.get(id) ?? []).map(({ name }) => name);
    return names.length === 0 ? t('noOne') : formatList(names, locale);
  };
  return (
    <DataTable
      label={t('title')}
      head={
        <>
          <Th isWide>{column('name')}</Th>
          <Th hideBelow="md">{column('kind')}</Th>
          <Th hideBelow="sm">{column('access')}</Th>
          <Th hideBelow="lg">{column('created')}</Th>
          <Th>{column('state')}</Th>
        </>
      }
    >
      {applications.map((application) => (
        <Row key={application.id}>
          <RowHeader
            href={`${base}/${application.clientId}`}
            detail={
              <code className="font-mono text-xs">
                <CutText>{application.clientId}</CutText>
              </code>
            }
            title={application.name}
          >
            <bdi>{application.name}</bdi>
          </RowHeader>
          <Td hideBelow="md" isMuted isNoWrap>
            {t(`kinds.${application.kind}`)}
          </Td>
          <Td hideBelow="sm" isMuted>
            {accessOf(application)}
          </Td>
          <Td hideBelow="lg" isMuted isNoWrap>
            <DateText value={application.createdAt} locale={locale} />
          </Td>
          <Td isNoWrap>
            <ApplicationStateBadge isDisabled={application.disabledAt !== null} locale={locale} />
          </Td>
        </Row>
      ))}
    </DataTable>
  );
}

export function ApplicationStateBadge({ isDisabled, locale }: { isDisabled: boolean; locale: Locale }) {
  const t = translator(locale, 'consoleApplications.states');
  return <Badge tone={isDisabled ? 'danger' : 'success'}>{t(isDisabled ? 'disabled' : 'enabled')}</Badge>;
}
