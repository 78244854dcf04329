import { getImportForReview, openRefused } from '@/lib/import/service';
import { projectRoute } from '@/lib/web/page-route';
import { toStream } from '@/lib/web/stream';

/** The refused rows of an import, to correct and import again. */
export const GET = projectRoute({ fresh: false }, async ({ project, person }, request) => {
  const id = new URL(request.url).pathname.split('/').at(-2) ?? '';
  const owner = { kind: 'operator', id: person.identity.id } as const;
  const { mediaType, name, text } = await openRefused(await getImportForReview(project.id, id, owner));
  return new Response(toStream(text), {
    headers: {
      'content-type': mediaType,
      // RFC 6266 §4.1: the name may have any letters.
      'content-disposition': `attachment; filename="import-errors"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'cache-control': 'private, no-store',
    },
  });
});
