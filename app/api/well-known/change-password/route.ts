import { handlePublic } from '@/lib/api/handle-public';
import { resource } from '@/lib/api/resource';
import { empty } from '@/lib/http/answer';

/**
 * The page to which password managers send people to change their credentials (W3C "A Well-Known URL for Changing
 * Passwords" §2: a temporary redirect, as the page may move).
 */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handlePublic('GET /.well-known/change-password', {}, async ({ context: { origin } }) => {
    const headers = { location: `${origin}/profile`, 'cache-control': 'no-store' };
    return empty(302, headers);
  }),
});
