import { handlePublic } from '@/lib/api/handle-public';
import { resource } from '@/lib/api/resource';

/**
 * Where a password manager sends people to change what they sign in with (W3C "A Well-Known URL for Changing Passwords" §2:
 * a temporary redirect, as the place may move).
 */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handlePublic('GET /.well-known/change-password', {}, async ({ context: { origin } }) => {
    const headers = { location: `${origin}/profile`, 'cache-control': 'no-store' };
    return new Response(null, { status: 302, headers });
  }),
});
