import { fieldName } from '@/components/audit/event-fields';
import { translator } from '@/lib/i18n/translate';
import { getImportForReview, openRefused } from '@/lib/import/service';
import { fieldsOf, fieldTitle } from '@/lib/schema/model';
import { listSchemas } from '@/lib/schema/service';
import { getLocale } from '@/lib/web/locale';
import { projectRoute } from '@/lib/web/page-route';
import { toStream } from '@/lib/web/stream';
import { reasonText } from '../../reason-text';

/** The refused rows of an import, to correct and import again. */
export const GET = projectRoute({ fresh: false }, async ({ project, person }, request) => {
  const id = new URL(request.url).pathname.split('/').at(-2) ?? '';
  const owner = { kind: 'operator', id: person.identity.id } as const;
  const locale = await getLocale(person.identity.locale);
  const titles = new Map(
    (await listSchemas(project.id))
      .flatMap(({ document }) => fieldsOf(document))
      .map((field) => [field.pointer, fieldTitle(field, locale)]),
  );
  const t = translator(locale, 'consoleImport.errors');
  const { mediaType, name, text } = await openRefused(await getImportForReview(project.id, id, owner), (failed) =>
    t('inFile', {
      row: String(failed.row),
      reason: reasonText(failed, locale, (pointer) => fieldName(pointer, titles, locale)),
    }),
  );
  return new Response(toStream(text), {
    headers: {
      'content-type': mediaType,
      // RFC 6266 §4.1: the name may have any letters.
      'content-disposition': `attachment; filename="import-errors"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'cache-control': 'private, no-store',
    },
  });
});
