import NextLink from 'next/link';
import type { ComponentProps } from 'react';

/**
 * A link to a page, without prefetching: every page is rendered per request, so a prefetch would cost the server a
 * request or two per link and save the visit none.
 */
export function Link(props: ComponentProps<typeof NextLink>) {
  return <NextLink prefetch={false} {...props} />;
}
