import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PageHeading } from '@/components/shell/page-heading';
import { DescriptionList, DescriptionRow } from '@/components/ui/data/description-list';
import { Breadcrumbs } from '@/components/ui/layout/breadcrumbs';
import { Panel } from '@/components/ui/layout/panel';
import { argumentsOf } from '@/lib/i18n/message-arguments';
import { directionOf, isLocale, LOCALE_NAMES } from '@/lib/i18n/model';
import { groupOf, TITLE } from '@/lib/i18n/texts';
import { translator } from '@/lib/i18n/translate';
import { isAppError } from '@/lib/platform/errors';
import { findText, getOriginal } from '@/lib/project/service';
import { may, requireProject } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { exampleOf } from '../sample';
import { TextForm } from './_components/text-form';
import { previewText, saveText } from './actions';

type Props = PageProps<'/console/[organization]/[project]/texts/text'>;

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { key } = await searchParams;
  const title = translator(await getLocale(), 'consoleTexts.one')('title');
  return { title: typeof key === 'string' ? `${key.slice(0, 100)} · ${title}` : title };
}

/** One text in one language: the original, the project's own, and what it must contain. */
export default async function TextPage({ params, searchParams }: Props) {
  const place = await params;
  const proof = await requireProject(place);
  const { organization, project, person } = proof;
  const { language, key } = await searchParams;
  if (!isLocale(language) || typeof key !== 'string') notFound();
  const at = { locale: language, key };
  const [locale, original, own] = await Promise.all([
    getLocale(person.identity.locale),
    getOriginal(project.id, at).catch(orNotFound),
    findText(project.id, at),
  ]);
  const t = translator(locale, 'consoleTexts');
  const base = `/console/${organization.slug}/${project.slug}/texts`;
  const names = key.startsWith(TITLE) ? [] : [...argumentsOf(original).keys()];
  return (
    <>
      <Breadcrumbs
        label={translator(locale, 'common')('breadcrumbs')}
        items={[{ href: `${base}?language=${language}`, text: t('title') }]}
        current={key}
      />
      <PageHeading title={key}>
        {t(`groups.${groupOf(key)}`)} · {LOCALE_NAMES[language]}
      </PageHeading>
      <div className="flex flex-col gap-8">
        <Panel id="original" title={t('one.original')}>
          <DescriptionList>
            <DescriptionRow term={t('one.originalText')}>
              <span lang={language} dir={directionOf(language)} className="block wrap-anywhere">
                {original}
              </span>
            </DescriptionRow>
            <DescriptionRow term={t('one.example')}>
              <span lang={language} dir={directionOf(language)} className="block wrap-anywhere">
                {exampleOf(at, original, project.name)}
              </span>
            </DescriptionRow>
            <DescriptionRow term={t('one.arguments')}>
              {names.length === 0 ? (
                <span className="text-muted">{t('one.noArguments')}</span>
              ) : (
                <span className="flex flex-wrap gap-2">
                  {names.map((name) => (
                    <code key={name} className="font-mono">{`{${name}}`}</code>
                  ))}
                </span>
              )}
            </DescriptionRow>
          </DescriptionList>
        </Panel>
        <TextForm
          place={at}
          original={original}
          saved={{ text: own }}
          mayEdit={may(proof, 'admin')}
          save={saveText.bind(null, place)}
          preview={previewText.bind(null, place)}
        />
      </div>
    </>
  );
}

function orNotFound(error: unknown): never {
  if (isAppError(error) && error.code === 'not_found') notFound();
  throw error;
}
