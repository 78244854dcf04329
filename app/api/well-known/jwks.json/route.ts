import { handlePublic } from '@/lib/api/handle-public';
import { resource } from '@/lib/api/resource';
import { toKeySet } from '@/lib/token/contract';
import { KEY_SET_MAX_AGE_SECONDS } from '@/lib/token/model';
import { publishedKeys } from '@/lib/token/service';

/** RFC 7517 §5: the public keys a token of this project can be verified with. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handlePublic('GET /.well-known/jwks.json', {}, async ({ context }) => {
    const keys = await publishedKeys(context.projectId);
    const headers = { 'cache-control': `public, max-age=${KEY_SET_MAX_AGE_SECONDS}` };
    return Response.json(toKeySet(keys), { headers });
  }),
});
