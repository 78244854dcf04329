import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { thingTitle } from '@/app/console/title';
import { PageHeading } from '@/components/shell/page-heading';
import { EmptyState } from '@/components/ui/data/empty-state';
import { Breadcrumbs } from '@/components/ui/layout/breadcrumbs';
import { Panel } from '@/components/ui/layout/panel';
import { TextLink } from '@/components/ui/text-link';
import { listApplicationsOfGroup } from '@/lib/application/service';
import { countMembers, findGroup } from '@/lib/group/service';
import { translator } from '@/lib/i18n/translate';
import { isUuid } from '@/lib/platform/ids';
import { may, requireProject } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import * as actions from '../actions';
import { GroupForm } from './_components/group-form';
import { MemberList } from './_components/member-list';
import { RemoveGroup } from './_components/remove-group';

type Props = PageProps<'/console/[organization]/[project]/users/groups/[id]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const name = async () => {
    const { id, ...place } = await params;
    const { project } = await requireProject(place);
    return (await find(project.id, id))?.name ?? notFound();
  };
  return thingTitle(name(), { kind: translator(await getLocale(), 'consoleGroups')('title') });
}

/** Read once for both the page and its title. */
const find = cache(async (projectId: string, id: string) => (isUuid(id) ? findGroup(projectId, id) : null));

/** One group: its members, the applications that name it, its name. */
export default async function GroupPage({ params, searchParams }: Props) {
  const { id, ...place } = await params;
  const proof = await requireProject(place);
  const { project, person } = proof;
  const group = await find(project.id, id);
  if (!group) notFound();
  const [locale, members, applications, search] = await Promise.all([
    getLocale(person.identity.locale),
    countMembers(project.id, group.id),
    listApplicationsOfGroup(project.id, group.id),
    searchParams,
  ]);
  const t = translator(locale, 'consoleGroups');
  const home = `/console/${place.organization}/${place.project}`;
  const base = `${home}/users/groups`;
  const isAdmin = may(proof, 'admin');
  return (
    <>
      <Breadcrumbs
        label={translator(locale, 'common')('breadcrumbs')}
        items={[
          { href: `${home}/users`, text: translator(locale, 'console.nav')('users') },
          { href: base, text: t('title') },
        ]}
        current={group.name}
      />
      <PageHeading title={group.name}>{group.description}</PageHeading>
      <div className="flex flex-col gap-6">
        <MemberList
          proof={proof}
          group={group}
          total={members}
          search={search}
          base={`${base}/${group.id}`}
          users={`${home}/users`}
          locale={locale}
        />
        <Panel id="applications" title={t('applications')} help={t('applicationsHelp')}>
          {applications.length === 0 ? (
            <EmptyState>{t('noApplications')}</EmptyState>
          ) : (
            <ul className="flex flex-col gap-2">
              {applications.map(({ clientId, name }) => (
                <li key={clientId}>
                  <TextLink href={`${home}/applications/${clientId}`}>
                    <bdi>{name}</bdi>
                  </TextLink>
                </li>
              ))}
            </ul>
          )}
        </Panel>
        <Panel id="settings" title={t('settings')}>
          <GroupForm
            id={group.id}
            saved={{ name: group.name, description: group.description }}
            mayEdit={isAdmin}
            change={actions.changeGroup.bind(null, place)}
          />
        </Panel>
        {isAdmin && (
          <Panel id="delete" title={t('remove.section')} help={t('remove.help')}>
            <RemoveGroup
              id={group.id}
              name={group.name}
              members={members}
              applications={applications.length}
              listHref={base}
              remove={actions.remove.bind(null, place)}
            />
          </Panel>
        )}
      </div>
    </>
  );
}
