import { handlePublic } from '@/lib/api/handle-public';
import { PublicText } from '@/lib/api/public-text';
import { resource } from '@/lib/api/resource';
import { env } from '@/lib/platform/env';
import { AppError } from '@/lib/platform/errors';

const DAY_MILLIS = 24 * 60 * 60 * 1000;
/** RFC 9116 §2.5.5 recommends less than a year. */
const VALID_DAYS = 180;

/**
 * Where to report a vulnerability of this installation (RFC 9116). Refuses: `not_found` when no contact is configured.
 */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handlePublic('GET /.well-known/security.txt', {}, async ({ context: { origin }, request }) => {
    const { securityContact } = env();
    if (securityContact === undefined) throw new AppError('not_found');
    const today = Math.floor(Date.now() / DAY_MILLIS);
    const lines = [
      `Contact: ${securityContact}`,
      `Expires: ${new Date((today + VALID_DAYS) * DAY_MILLIS).toISOString()}`,
      'Preferred-Languages: en, de',
      `Canonical: ${origin}/.well-known/security.txt`,
    ];
    const text = new PublicText(`${lines.join('\n')}\n`, 'text/plain; charset=utf-8');
    return text.answer(request, { 'cache-control': 'public, max-age=3600' });
  }),
});
