import { handlePublic } from '@/lib/api/handle-public';
import { resource } from '@/lib/api/resource';

/**
 * The pages to which password managers send people to add or manage passkeys (W3C "A Well-Known URL for Relying Party
 * Passkey Endpoints"): returned directly, without a redirect.
 */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handlePublic('GET /.well-known/passkey-endpoints', {}, async ({ context: { origin } }) => {
    const endpoints = { enroll: `${origin}/profile`, manage: `${origin}/profile` };
    return Response.json(endpoints, { headers: { 'cache-control': 'public, max-age=3600' } });
  }),
});
