import { isKnownEtag } from '@/lib/api/etag';
import { handlePublic } from '@/lib/api/handle-public';
import { resource } from '@/lib/api/resource';
import { documentOf } from './document';

/** The description of the public API, for whoever may read it. It changes only with the software or the origin. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handlePublic(async ({ context, request }) => {
    const { text, etag } = documentOf(context.origin);
    const headers = { etag, 'cache-control': 'public, no-cache' };
    if (isKnownEtag(request, etag)) return new Response(null, { status: 304, headers });
    return new Response(text, { headers: { ...headers, 'content-type': 'application/json; charset=utf-8' } });
  }),
});
