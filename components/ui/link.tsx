'use client';

import { useRouter } from 'next/navigation';
import { type ComponentProps, createContext, type MouseEvent, use, useTransition } from 'react';
import { opensHere } from './opens-here';

const Pending = createContext(false);

/** Whether the page of the link above this component is loading. */
export function useIsLinkPending(): boolean {
  return use(Pending);
}

type Props = ComponentProps<'a'> & {
  href: string;
  /** False: the new page keeps the scroll position. */
  scroll?: boolean;
};

/**
 * A link to a page. Without prefetching, as every page is rendered per request: a prefetch would cost the server a
 * request or two per link and save the visit none. So it needs none of the 4 kB of `next/link`.
 */
export function Link({ href, scroll = true, onClick, children, ...rest }: Props) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || !opensHere(event.currentTarget, event)) return;
    event.preventDefault();
    startTransition(() => router.push(href, { scroll }));
  };
  return (
    <a {...rest} href={href} onClick={follow}>
      <Pending value={isPending}>{children}</Pending>
    </a>
  );
}
