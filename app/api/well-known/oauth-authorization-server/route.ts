import { handlePublic } from '@/lib/api/handle-public';
import { JSON_TEXT, textPerOrigin } from '@/lib/api/public-text';
import { resource } from '@/lib/api/resource';
import { toServerMetadata } from '@/lib/token/contract';

const metadataOf = textPerOrigin('server-metadata', JSON_TEXT, (origin) => JSON.stringify(toServerMetadata(origin)));

/** RFC 8414 §3. The issuer is the project's origin, however the request spelled its host. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handlePublic('GET /.well-known/oauth-authorization-server', {}, async ({ context, request }) => {
    return metadataOf(context.origin).answer(request, { 'cache-control': 'public, max-age=300' });
  }),
});
