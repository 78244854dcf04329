import { etagMatches } from '@/lib/platform/entity-tag';
import type { Identity } from '../model';

/** RFC 9110 §8.8.3: a strong validator, from the version that every visible change raises. */
export function toEtag(identity: Pick<Identity, 'version'>): string {
  return `"${identity.version}"`;
}

/** What a request asks of the version that it meets: `If-Match` and `If-None-Match` as sent; null or absent, nothing. */
export type Preconditions = { ifMatch?: string | null; ifNoneMatch?: string | null };

/** RFC 9110 §13.1.1, §13.1.2: `*` or a list of tags; the first must match strongly, the second not even weakly. */
export function satisfiesPreconditions(
  { ifMatch, ifNoneMatch }: Preconditions,
  identity: Pick<Identity, 'version'>,
): boolean {
  const etag = toEtag(identity);
  if (typeof ifMatch === 'string' && !etagMatches(etag, ifMatch, { weakly: false })) return false;
  return typeof ifNoneMatch !== 'string' || !etagMatches(etag, ifNoneMatch, { weakly: true });
}
