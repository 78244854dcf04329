import { etagMatches } from '@/lib/platform/entity-tag';
import type { Identity } from '../model';

/** RFC 9110 §8.8.3: a strong validator derived from the version, which every visible change increments. */
export function toEtag(identity: Pick<Identity, 'version'>): string {
  return `"${identity.version}"`;
}

/** Preconditions of a request: `If-Match` and `If-None-Match` as sent; null or absent: none. */
export type Preconditions = { ifMatch?: string | null; ifNoneMatch?: string | null };

/** RFC 9110 §13.1.1, §13.1.2: `*` or a list of tags. `If-Match` compares strongly, `If-None-Match` weakly. */
export function satisfiesPreconditions(
  { ifMatch, ifNoneMatch }: Preconditions,
  identity: Pick<Identity, 'version'>,
): boolean {
  const etag = toEtag(identity);
  if (typeof ifMatch === 'string' && !etagMatches(etag, ifMatch, { weakly: false })) return false;
  return typeof ifNoneMatch !== 'string' || !etagMatches(etag, ifNoneMatch, { weakly: true });
}
