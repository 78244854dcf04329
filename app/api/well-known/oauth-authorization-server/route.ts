import { handlePublic } from '@/lib/api/handle-public';
import { READ_BY_ANYONE } from '@/lib/api/oauth2/cors';
import { resource } from '@/lib/api/resource';
import { metadataOf } from './metadata';

/** RFC 8414 §3. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handlePublic('GET /.well-known/oauth-authorization-server', {}, async ({ context, request }) => {
    return metadataOf(context.origin).answer(request, { 'cache-control': 'public, max-age=300', ...READ_BY_ANYONE });
  }),
});
