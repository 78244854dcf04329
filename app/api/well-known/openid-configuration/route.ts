import { handlePublic } from '@/lib/api/handle-public';
import { READ_BY_ANYONE } from '@/lib/api/oauth2/cors';
import { resource } from '@/lib/api/resource';
import { metadataOf } from '../oauth-authorization-server/metadata';

/** OpenID Connect Discovery §4: the same document as the authorization server's. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handlePublic('GET /.well-known/openid-configuration', {}, async ({ context, request }) => {
    return metadataOf(context.origin).answer(request, { 'cache-control': 'public, max-age=300', ...READ_BY_ANYONE });
  }),
});
