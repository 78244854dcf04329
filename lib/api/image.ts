import type { Picture } from '@/lib/picture/model';
import { type Answer, empty } from '../http/answer';
import type { ApiRequest } from '../http/request';
import { isNotModified } from './etag';

/**
 * An image that never changes under its URL, of which `name` is the last segment. Other sites and webmail may embed it.
 * Opened as a page, it runs and loads nothing. `isShared`: proxies may keep it too, not only browsers.
 */
export function imageAnswer(
  request: ApiRequest,
  { mediaType, bytes }: Picture,
  { name, isShared }: { name: string; isShared: boolean },
): Answer {
  const etag = `"${name}"`;
  const headers = {
    etag,
    'cache-control': `${isShared ? 'public' : 'private'}, max-age=31536000, immutable`,
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
  };
  if (isNotModified(request, etag)) return empty(304, headers);
  return { status: 200, headers: { ...headers, 'content-type': mediaType }, body: bytes };
}
