import { handlePublic } from '@/lib/api/handle-public';
import { JSON_TEXT, textPerOrigin } from '@/lib/api/public-text';
import { resource } from '@/lib/api/resource';

const endpointsOf = textPerOrigin('passkey-endpoints', JSON_TEXT, (origin) =>
  JSON.stringify({ enroll: `${origin}/profile`, manage: `${origin}/profile` }),
);

/**
 * The pages to which password managers send people to add or manage passkeys (W3C "A Well-Known URL for Relying Party
 * Passkey Endpoints"): returned directly, without a redirect.
 */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handlePublic('GET /.well-known/passkey-endpoints', {}, async ({ context, request }) => {
    return endpointsOf(context.origin).answer(request, { 'cache-control': 'public, max-age=3600' });
  }),
});
