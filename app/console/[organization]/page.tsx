import type { Metadata } from 'next';
import { PageHeading } from '@/components/shell/page-heading';
import { Badge } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/data/empty-state';
import { RelativeTime } from '@/components/ui/data/relative-time';
import { CutText, DataTable, Row, RowHeader, Td, Th } from '@/components/ui/data/table';
import { Plus } from '@/components/ui/icons';
import { toIntlTag } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { countIdentities } from '@/lib/identity/service';
import { isWithoutDomain } from '@/lib/project/model/origin';
import { listProjects } from '@/lib/project/service';
import { may, requireOrganization } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { consoleTitle, nameOf } from '../title';

type Props = PageProps<'/console/[organization]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = translator(await getLocale(), 'consoleProjects');
  const name = await nameOf(params.then(requireOrganization).then(({ organization }) => organization));
  return { title: consoleTitle(t('title'), name) };
}

/** The projects of an organization, each with its domain and number of users. */
export default async function ProjectsPage({ params }: Props) {
  const place = await params;
  const proof = await requireOrganization(place);
  const [locale, projects] = await Promise.all([
    getLocale(proof.person.identity.locale),
    listProjects([proof.organization.id]),
  ]);
  const counts = await Promise.all(projects.map(({ id }) => countIdentities(id, {})));
  const t = translator(locale, 'consoleProjects');
  const domains = translator(locale, 'consoleDomains');
  const now = new Date();
  const number = new Intl.NumberFormat(toIntlTag(locale));
  const base = `/console/${place.organization}`;
  const create = may(proof, 'admin') && (
    <ButtonLink href={`${base}/-/new-project`} variant="primary" size="small" icon={<Plus size={16} aria-hidden />}>
      {t('list.create')}
    </ButtonLink>
  );
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-4">
        <PageHeading title={t('title')}>{t('help')}</PageHeading>
        {projects.length > 0 && create && <div className="pb-6">{create}</div>}
      </div>
      {projects.length === 0 ? (
        <EmptyState action={create}>{t(create ? 'list.empty' : 'list.emptyForViewer')}</EmptyState>
      ) : (
        <DataTable
          label={t('title')}
          head={
            <>
              <Th isWide>{t('list.name')}</Th>
              <Th isWide hideBelow="sm">
                {t('list.domain')}
              </Th>
              <Th isNumeric>{t('list.users')}</Th>
              <Th hideBelow="md">{t('list.created')}</Th>
            </>
          }
        >
          {projects.map((project, index) => (
            <Row key={project.id}>
              <RowHeader
                href={`${base}/${project.slug}`}
                badges={isWithoutDomain(project) && <Badge tone="warning">{domains('listBadge')}</Badge>}
                detail={
                  <span className="sm:hidden">
                    <CutText>{isWithoutDomain(project) ? '' : new URL(project.origin).host}</CutText>
                  </span>
                }
                title={project.name}
              >
                {project.name}
              </RowHeader>
              <Td hideBelow="sm" isMuted>
                <CutText>{isWithoutDomain(project) ? '' : project.origin}</CutText>
              </Td>
              <Td isNumeric>{number.format(counts[index] ?? 0)}</Td>
              <Td hideBelow="md" isNoWrap isMuted>
                <RelativeTime value={project.createdAt} now={now} locale={locale} />
              </Td>
            </Row>
          ))}
        </DataTable>
      )}
    </>
  );
}
