import { handlePublic } from '@/lib/api/handle-public';
import { READ_BY_ANYONE } from '@/lib/api/oauth2/cors';
import { JSON_TEXT, PublicText } from '@/lib/api/public-text';
import { resource } from '@/lib/api/resource';
import { toKeySet } from '@/lib/token/contract';
import { KEY_SET_MAX_AGE_SECONDS } from '@/lib/token/model';
import { publishedKeys } from '@/lib/token/service';

/** RFC 7517 §5: the public keys a token of this project can be verified with. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handlePublic('GET /.well-known/jwks.json', {}, async ({ context, request }) => {
    const keys = await publishedKeys(context.projectId);
    const text = new PublicText(JSON.stringify(toKeySet(keys)), JSON_TEXT);
    return text.answer(request, {
      'cache-control': `public, max-age=${KEY_SET_MAX_AGE_SECONDS}`,
      ...READ_BY_ANYONE,
    });
  }),
});
