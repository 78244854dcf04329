import { etagMatches } from '@/lib/platform/entity-tag';
import type { ApiRequest } from '../http/request';

/** Whether `If-None-Match` names this version. The comparison is weak (RFC 9110 §13.1.2). */
export function isNotModified(request: ApiRequest, etag: string): boolean {
  return etagMatches(etag, request.headers.get('if-none-match') ?? '', { weakly: true });
}
