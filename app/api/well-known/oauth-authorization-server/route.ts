import { handlePublic } from '@/lib/api/handle-public';
import { resource } from '@/lib/api/resource';
import { toServerMetadata } from '@/lib/token/contract';

/** RFC 8414 §3. The issuer is the project's origin, however the request spelled its host. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handlePublic('GET /.well-known/oauth-authorization-server', {}, async ({ context }) => {
    return Response.json(toServerMetadata(context.origin), { headers: { 'cache-control': 'public, max-age=300' } });
  }),
});
