import { handlePublic } from '@/lib/api/handle-public';
import { resource } from '@/lib/api/resource';

/**
 * Where a password manager sends people to add a passkey and to manage them (W3C "A Well-Known URL for Relying Party Passkey
 * Endpoints"): answered itself, without a redirect.
 */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handlePublic('GET /.well-known/passkey-endpoints', {}, async ({ context: { origin } }) => {
    const endpoints = { enroll: `${origin}/profile`, manage: `${origin}/profile` };
    return Response.json(endpoints, { headers: { 'cache-control': 'public, max-age=3600' } });
  }),
});
