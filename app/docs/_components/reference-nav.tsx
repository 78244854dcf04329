import { Disclosure } from '@/components/ui/layout/disclosure';
import type { OpenApiDocument } from '@/lib/api/openapi/model';
import { callsOf } from '@/lib/api/openapi/render';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';

/** Beside the reference on wide screens, collapsed above it otherwise. */
export function ReferenceNav({ document, locale }: { document: OpenApiDocument; locale: Locale }) {
  const t = translator(locale, 'reference');
  return (
    <>
      <nav aria-label={t('contents')} className="border-b border-line px-4 py-3 sm:px-6 lg:hidden">
        <Disclosure summary={t('contents')}>
          <Contents document={document} locale={locale} />
        </Disclosure>
      </nav>
      <nav
        aria-label={t('contents')}
        className="sticky top-0 hidden max-h-dvh w-72 shrink-0 overflow-y-auto border-e border-line px-4 py-8 lg:block"
      >
        <Contents document={document} locale={locale} />
      </nav>
    </>
  );
}

const LINK = 'block rounded-md px-2 py-1 wrap-anywhere hover:bg-sunken';

function Contents({ document, locale }: { document: OpenApiDocument; locale: Locale }) {
  const t = translator(locale, 'reference');
  return (
    <ul className="flex flex-col gap-4 text-sm">
      {document.tags.map(({ name }) => (
        <li key={name} lang="en">
          <a href={`#tag-${name}`} className={`${LINK} font-medium first-letter:uppercase`}>
            {name}
          </a>
          <ul>
            {callsOf(document, name).map(({ call }) => (
              <li key={call.operationId}>
                <a href={`#${call.operationId}`} className={`${LINK} text-muted hover:text-ink`}>
                  {call.summary}
                </a>
              </li>
            ))}
          </ul>
        </li>
      ))}
      <li>
        <a href="#schemas" className={`${LINK} font-medium`}>
          {t('schemas')}
        </a>
      </li>
    </ul>
  );
}
