import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { PageHeading } from '@/components/shell/page-heading';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/data/empty-state';
import { Plus } from '@/components/ui/icons';
import { Link } from '@/components/ui/link';
import { translator } from '@/lib/i18n/translate';
import { isWithoutDomain } from '@/lib/project/model/origin';
import { listOrganizations, listProjects } from '@/lib/project/service';
import { isAtLeast } from '@/lib/role/model';
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
  const mayCreateIn = (id: string) =>
    identity.operatorRoles.some(({ organizationId, role }) => organizationId === id && isAtLeast(role, 'admin'));
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
              <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
                <h2 id={slug} className="text-base font-semibold wrap-anywhere">
                  <Link href={`/console/${slug}`} className="underline-offset-4 hover:underline">
                    {name}
                  </Link>
                </h2>
                {isOpen && mayCreateIn(id) && (
                  <ButtonLink
                    href={`/console/${slug}/-/new-project`}
                    size="small"
                    icon={<Plus size={16} aria-hidden />}
                    aria-label={t('newProjectIn', { organization: name })}
                  >
                    {translator(locale, 'console.switcher')('newProject')}
                  </ButtonLink>
                )}
              </div>
              {!isOpen ? (
                <p className="text-muted">{t('passkeyNeeded')}</p>
              ) : own.length === 0 ? (
                <EmptyState>{t('noProjects')}</EmptyState>
              ) : (
                <ul
                  // biome-ignore lint/a11y/noRedundantRoles: Safari drops the role where list-style is none
                  role="list"
                  aria-labelledby={slug}
                  className="grid grid-cols-[repeat(auto-fill,minmax(min(18rem,100%),1fr))] gap-3"
                >
                  {own.map((project) => (
                    <li
                      key={project.id}
                      className="motion relative flex min-w-0 flex-col gap-0.5 rounded-lg border border-line bg-raised p-4 hover:bg-sunken"
                    >
                      <Link href={`/console/${slug}/${project.slug}`} className="row-link font-medium wrap-anywhere">
                        {project.name}
                      </Link>
                      <span className="text-muted wrap-anywhere">
                        {isWithoutDomain(project)
                          ? translator(locale, 'consoleDomains')('listBadge')
                          : new URL(project.origin).host}
                      </span>
                    </li>
                  ))}
                </ul>
              )}
            </section>
          );
        })}
      </div>
    </>
  );
}
