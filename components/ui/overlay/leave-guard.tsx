'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { hasUnsavedChanges, unsavedPlace } from '../form/use-unsaved-changes';
import { opensHere } from '../opens-here';
import { OnDemand, overlayOnDemand } from './on-demand';

const AlertDialog = overlayOnDemand(new OnDemand(() => import('./alert-dialog')), (loaded) => loaded.AlertDialog);

type Props = { title: string; body: string; stayLabel: string; leaveLabel: string };

/** What is asked about: how to go on, and what staying needs. */
type Leaving = { go: () => void; stay: () => void };

/**
 * Asks before a link, Back or Forward leaves unsaved changes behind. Once per layout; the browser itself asks before the
 * tab closes.
 */
export function LeaveGuard({ title, body, stayLabel, leaveLabel }: Props) {
  const router = useRouter();
  const [leaving, setLeaving] = useState<Leaving | null>(null);
  useEffect(() => {
    const ask = (event: MouseEvent) => {
      const target = hasUnsavedChanges() ? leavingTo(event) : null;
      if (target === null) return;
      event.preventDefault(); // `Link` then does nothing, while menus and drawers still close
      setLeaving({ go: () => router.push(target), stay: () => undefined });
    };
    window.addEventListener('click', ask, { capture: true });
    return () => window.removeEventListener('click', ask, { capture: true });
  }, [router]);
  useEffect(() => onTraversal(setLeaving), []);
  const answer = (how: keyof Leaving) => {
    setLeaving(null);
    leaving?.[how]();
  };
  return (
    <AlertDialog
      isOpen={leaving !== null}
      onOpenChange={() => answer('stay')}
      title={title}
      description={<p>{body}</p>}
      cancelLabel={stayLabel}
      confirmLabel={leaveLabel}
      onConfirm={() => answer('go')}
      isInFront
    />
  );
}

/**
 * Back and Forward: the browser has changed the address already, and no browser lets a page refuse that each time. So the
 * router learns of it only when the person leaves. Staying adds the page's entry again: on the click, as browsers skip
 * entries that a page adds by itself.
 */
function onTraversal(ask: (leaving: Leaving) => void): () => void {
  let isAllowed = false;
  const hold = (event: PopStateEvent) => {
    const place = unsavedPlace();
    if (isAllowed || !place || isSamePage(new URL(place.href), location)) return;
    event.stopImmediatePropagation(); // before the router's listener, which does not capture
    const { scrollX, scrollY } = window;
    const stay = () => {
      history.pushState(place.state, '', place.href);
      window.scrollTo(scrollX, scrollY);
    };
    const go = () => {
      isAllowed = true;
      window.dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
      isAllowed = false;
    };
    ask({ go, stay });
  };
  window.addEventListener('popstate', hold, { capture: true });
  return () => window.removeEventListener('popstate', hold, { capture: true });
}

type Address = Pick<URL, 'origin' | 'pathname' | 'search'>;

function isSamePage(one: Address, other: Address): boolean {
  return one.origin === other.origin && one.pathname === other.pathname && one.search === other.search;
}

/** The other page of this application that a click opens in this tab, or null. */
function leavingTo(event: MouseEvent): string | null {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null;
  if (!link || !opensHere(link, event)) return null;
  const target = new URL(link.href);
  if (isSamePage(target, location)) return null;
  return `${target.pathname}${target.search}${target.hash}`;
}
