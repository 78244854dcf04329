import { z } from 'zod';
import { AppError } from '@/lib/platform/errors';
import { hmac, isEqualConstantTime } from '@/lib/platform/secret';

/**
 * Lists are paged by `page` and `per_page` as Kratos does it, or by keyset with `page_size` and `page_token`; keyset
 * only if one of those two is present (contract 8.8). Sizes above the maximum are clamped, those below 1 are 1; a value
 * that is not a number is 400.
 */
export const DEFAULT_PAGE_SIZE = 250;
const MAX_PAGE_SIZE = 1000;

const count = (name: string) =>
  z
    .array(
      z
        .string()
        .regex(/^\d{1,15}$/, 'must be a non-negative integer')
        .meta({ type: 'integer', minimum: 0, maximum: 999_999_999_999_999 }),
    )
    .max(1, `"${name}" must not be repeated`)
    .transform(([value]) => Number(value));

export const pageQuery = {
  page: count('page').optional(),
  per_page: count('per_page').optional(),
  page_size: count('page_size').optional(),
  page_token: z
    .array(z.string())
    .max(1)
    .transform(([value]) => value ?? '')
    .optional(),
};

export type OffsetPage = { mode: 'offset'; page: number; size: number };
export type Page = OffsetPage | { mode: 'keyset'; size: number; token: string | null };

export function toPage(
  query: { page?: number; per_page?: number; page_size?: number; page_token?: string },
  defaultSize = DEFAULT_PAGE_SIZE,
): Page {
  if (query.page_size !== undefined || query.page_token !== undefined) {
    return { mode: 'keyset', size: clamp(query.page_size ?? defaultSize), token: query.page_token || null };
  }
  return { mode: 'offset', page: query.page ?? 0, size: clamp(query.per_page ?? defaultSize) };
}

/** A size within its limits. */
export function clamp(size: number): number {
  return Math.min(Math.max(size, 1), MAX_PAGE_SIZE);
}

/**
 * A position in a list, opaque to clients and authenticated. A token that is forged, of another project or for another
 * filter is refused (forged tokens reached the SQL of Kratos, Hydra and Keto: GHSA-r9w3-57w2-gch2).
 */
export function sealPageToken(after: string, scope: string): string {
  const payload = Buffer.from(after).toString('base64url');
  return `${payload}.${hmac('page-token', `${payload}\n${scope}`)}`;
}

/** Refuses: `invalid_input`. */
export function openPageToken(token: string, scope: string): string {
  const [payload = '', signature = ''] = token.split('.');
  if (!isEqualConstantTime(hmac('page-token', `${payload}\n${scope}`), signature)) {
    throw new AppError('invalid_input', { reason: 'Invalid page_token' });
  }
  return Buffer.from(payload, 'base64url').toString();
}

/** RFC 8288: absolute links that keep the other parameters. */
export function linkHeader(base: string, kept: URLSearchParams, relations: PageLinks): string {
  return relations
    .map(([rel, set]) => {
      const search = new URLSearchParams(kept);
      for (const [name, value] of Object.entries(set)) search.set(name, value);
      search.sort();
      return `<${base}?${search}>; rel="${rel}"`;
    })
    .join(',');
}

type PageLinks = Array<[relation: string, set: Record<string, string>]>;

export function offsetLinks(page: number, size: number, total: number): PageLinks {
  const last = Math.max(Math.ceil(total / size) - 1, 0);
  const at = (number: number) => ({ page: String(number), per_page: String(size) });
  const links: PageLinks = [['first', at(0)]];
  if (page > 0) links.push(['prev', at(Math.min(page - 1, last))]);
  if (page < last) links.push(['next', at(page + 1)]);
  links.push(['last', at(last)]);
  return links;
}

/** Links of a list without a known last page. */
export function uncountedLinks({ page, size }: OffsetPage, hasNext: boolean): PageLinks {
  const known = offsetLinks(page, size, (page + (hasNext ? 2 : 1)) * size);
  return known.filter(([relation]) => relation !== 'last');
}
