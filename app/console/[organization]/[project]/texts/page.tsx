import { PageHeading } from '@/components/shell/page-heading';
import { Badge } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/data/empty-state';
import { FilterBar, FilterSelect } from '@/components/ui/data/filter-bar';
import { SearchField } from '@/components/ui/data/search-field';
import { DataTable, Row, RowHeader, Td, Th } from '@/components/ui/data/table';
import { TextLink } from '@/components/ui/text-link';
import { directionOf, LOCALE_NAMES, LOCALES, type Locale } from '@/lib/i18n/model';
import { groupOf, listReplaceable, TEXT_GROUPS } from '@/lib/i18n/texts';
import { translator } from '@/lib/i18n/translate';
import { listTexts, listTitles } from '@/lib/project/service';
import { requireProject } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { readTextQuery, type TextQuery, textHref } from './query';

export const generateMetadata = pageTitle('consoleTexts', 'title');

/** The texts that the project may put in its own words, in one language. */
export default async function TextsPage({
  params,
  searchParams,
}: PageProps<'/console/[organization]/[project]/texts'>) {
  const { person, organization, project } = await requireProject(await params);
  const locale = await getLocale(person.identity.locale);
  const query = readTextQuery(await searchParams, locale);
  const t = translator(locale, 'consoleTexts');
  const base = `/console/${organization.slug}/${project.slug}/texts`;
  const listed = await listMatching(project.id, query);
  const isFiltered = query.group !== '' || query.isChanged || query.q !== '';
  const all = `${base}?language=${query.language}`;
  return (
    <>
      <PageHeading title={t('title')}>{t('help')}</PageHeading>
      <div className="flex flex-col gap-4">
        <Filters query={query} base={base} clearHref={isFiltered ? all : undefined} locale={locale} />
        {listed.length === 0 ? (
          <EmptyState
            action={isFiltered && <TextLink href={all}>{translator(locale, 'common')('clearFilters')}</TextLink>}
          >
            {t('noMatch')}
          </EmptyState>
        ) : (
          <DataTable
            label={t('title')}
            head={
              <>
                <Th>{t('text')}</Th>
                <Th hideBelow="md">{t('place')}</Th>
              </>
            }
          >
            {listed.map(({ key, text, own }) => (
              <Row key={key}>
                <RowHeader
                  href={textHref(base, query.language, key)}
                  detail={<code className="font-mono text-xs">{key}</code>}
                  badges={own !== undefined && <Badge tone="info">{t('changed')}</Badge>}
                >
                  <bdi lang={query.language} dir={directionOf(query.language)}>
                    {own ?? text}
                  </bdi>
                </RowHeader>
                <Td isMuted isNoWrap hideBelow="md">
                  {t(`groups.${groupOf(key)}`)}
                </Td>
              </Row>
            ))}
          </DataTable>
        )}
      </div>
    </>
  );
}

async function listMatching(projectId: string, { language, group, isChanged, q }: TextQuery) {
  const [titles, replaced] = await Promise.all([listTitles(projectId, language), listTexts(projectId)]);
  const own = new Map(replaced.filter((each) => each.locale === language).map(({ key, text }) => [key, text]));
  const needle = q.toLocaleLowerCase(language);
  return [...listReplaceable(language), ...titles]
    .map(({ key, text }) => ({ key, text, own: own.get(key) }))
    .filter((each) => group === '' || groupOf(each.key) === group)
    .filter((each) => !isChanged || each.own !== undefined)
    .filter(({ key, text, own: mine = '' }) => `${key}\n${text}\n${mine}`.toLocaleLowerCase(language).includes(needle));
}

type FiltersProps = { query: TextQuery; base: string; clearHref: string | undefined; locale: Locale };

function Filters({ query, base, clearHref, locale }: FiltersProps) {
  const t = translator(locale, 'consoleTexts');
  const any = { value: '', text: t('any') };
  return (
    <FilterBar
      label={t('filters')}
      action={base}
      applyLabel={t('apply')}
      clear={clearHref ? { href: clearHref, label: translator(locale, 'common')('clearFilters') } : undefined}
    >
      <SearchField label={t('search')} value={query.q} hasShortcut />
      <FilterSelect
        name="language"
        label={t('language')}
        value={query.language}
        options={LOCALES.map((value) => ({ value, text: LOCALE_NAMES[value] }))}
      />
      <FilterSelect
        name="group"
        label={t('place')}
        value={query.group}
        options={[any, ...TEXT_GROUPS.map((value) => ({ value, text: t(`groups.${value}`) }))]}
      />
      <FilterSelect
        name="changed"
        label={t('wording')}
        value={query.isChanged ? 'yes' : ''}
        options={[any, { value: 'yes', text: t('changed') }]}
      />
    </FilterBar>
  );
}
