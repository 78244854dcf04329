import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { PageHeading } from '@/components/shell/page-heading';
import { EmptyState } from '@/components/ui/data/empty-state';
import { Item, ItemList } from '@/components/ui/data/item-list';
import { Link } from '@/components/ui/link';
import { translator } from '@/lib/i18n/translate';
import { listOrganizations, listProjects } from '@/lib/project/service';
import { isConsoleOpen, requireOperator } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { consoleTitle } from './title';

export async function generateMetadata(): Promise<Metadata> {
  return { title: consoleTitle(translator(await getLocale(), 'console')('title')) };
}

/** Choice of organization and project; skipped when there is only one of each. */
export default async function ConsolePage() {
  const { person } = await requireOperator();
  const { identity } = person;
  const ids = identity.operatorRoles.map(({ organizationId }) => organizationId);
  const [locale, organizations, projects] = await Promise.all([
    getLocale(identity.locale),
    listOrganizations(ids),
    listProjects(ids),
  ]);
  const [organization] = organizations;
  const [project] = projects;
  if (organization && project && organizations.length === 1 && projects.length === 1) {
    redirect(`/console/${organization.slug}/${project.slug}`);
  }
  const t = translator(locale, 'console.home');
  return (
    <>
      <PageHeading title={t('title')}>{t('help')}</PageHeading>
      <div className="flex flex-col gap-8">
        {organizations.map((listed) => {
          const { id, slug, name } = listed;
          const isOpen = isConsoleOpen(listed, person);
          const own = projects.filter(({ organizationId }) => organizationId === id);
          return (
            <section key={id} aria-labelledby={slug} className="flex flex-col gap-3">
              <h2 id={slug} className="text-base font-semibold">
                <Link href={`/console/${slug}`} className="underline-offset-4 hover:underline">
                  {name}
                </Link>
              </h2>
              {!isOpen ? (
                <p className="text-muted">{t('passkeyNeeded')}</p>
              ) : own.length === 0 ? (
                <EmptyState>{t('noProjects')}</EmptyState>
              ) : (
                <ItemList label={name}>
                  {own.map((project) => (
                    <Item
                      key={project.id}
                      title={<Link href={`/console/${slug}/${project.slug}`}>{project.name}</Link>}
                      detail={project.origin}
                    />
                  ))}
                </ItemList>
              )}
            </section>
          );
        })}
      </div>
    </>
  );
}
