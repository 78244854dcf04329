import { documentOf } from '@/app/api/routes';
import { setLocale, setTheme } from '@/app/shell-actions';
import { ProjectMark } from '@/components/brand/project-mark';
import { PageHeading } from '@/components/shell/page-heading';
import { LanguageForm, ThemeForm } from '@/components/shell/preference-forms';
import { TEXT_LINK_STYLE } from '@/components/ui/text-link';
import { callsOf } from '@/lib/api/openapi/render';
import { CONSOLE_LOCALES } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { getLocale, getTheme } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { requestContext } from '@/lib/web/session';
import { CallArticle } from './_components/call-article';
import { ReferenceNav } from './_components/reference-nav';
import { SchemaList } from './_components/schema-list';

export const generateMetadata = pageTitle('reference', 'title');

/** The public API reference, rendered from the OpenAPI document. Open to anyone, and readable without JavaScript. */
export default async function ReferencePage() {
  const [context, locale, theme] = await Promise.all([requestContext(), getLocale(), getTheme()]);
  const { document } = documentOf(context.origin);
  const t = translator(locale, 'reference');
  const menu = translator(locale, 'common.menu');
  return (
    <>
      <header className="border-b border-line bg-raised">
        <div className="flex min-h-14 flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-1.5 sm:px-6">
          <span className="flex min-w-0 items-center gap-2.5 font-semibold">
            <ProjectMark />
            <span className="min-w-0 wrap-anywhere">{context.projectName}</span>
          </span>
          <div className="flex flex-wrap gap-x-4">
            <LanguageForm label={menu('language')} current={locale} locales={CONSOLE_LOCALES} action={setLocale} />
            <ThemeForm
              label={menu('appearance')}
              words={{ system: menu('system'), light: menu('light'), dark: menu('dark') }}
              current={theme}
              action={setTheme}
            />
          </div>
        </div>
      </header>
      <div className="flex flex-1 flex-col lg:flex-row">
        <ReferenceNav document={document} locale={locale} />
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 px-4 pt-6 pb-16 sm:px-6 lg:px-8 lg:pt-8">
          <PageHeading title={t('title')}>
            {t.rich('lead', {
              version: document.info.version,
              document: (words) => (
                <a href="/openapi.json" className={TEXT_LINK_STYLE}>
                  {words}
                </a>
              ),
            })}
          </PageHeading>
          <div className="flex max-w-5xl flex-col gap-12">
            <section aria-labelledby="begin" className="flex max-w-text flex-col gap-2">
              <h2 id="begin" className="text-lg font-semibold">
                {t('begin.title')}
              </h2>
              <p>{t('begin.text')}</p>
            </section>
            {document.tags.map(({ name, description }) => (
              <section key={name} aria-labelledby={`tag-${name}`} className="flex flex-col gap-6">
                <div lang="en" className="flex flex-col gap-1">
                  <h2 id={`tag-${name}`} className="scroll-mt-6 text-lg font-semibold first-letter:uppercase">
                    {name}
                  </h2>
                  <p className="text-muted">{description}</p>
                </div>
                {callsOf(document, name).map((call) => (
                  <CallArticle key={call.call.operationId} {...call} document={document} locale={locale} />
                ))}
              </section>
            ))}
            <SchemaList document={document} locale={locale} />
          </div>
        </main>
      </div>
    </>
  );
}
