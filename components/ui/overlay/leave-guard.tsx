'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { hasUnsavedChanges } from '../form/use-unsaved-changes';
import { OnDemand, overlayOnDemand } from './on-demand';

const AlertDialog = overlayOnDemand(new OnDemand(() => import('./alert-dialog')), (loaded) => loaded.AlertDialog);

type Props = { title: string; body: string; stayLabel: string; leaveLabel: string };

/** Asks before a link leaves unsaved changes behind. Once per layout; the browser itself asks before the tab closes. */
export function LeaveGuard({ title, body, stayLabel, leaveLabel }: Props) {
  const router = useRouter();
  const [href, setHref] = useState<string | null>(null);
  useEffect(() => {
    const ask = (event: MouseEvent) => {
      const target = hasUnsavedChanges() ? leavingTo(event) : null;
      if (target === null) return;
      event.preventDefault(); // `next/link` then does nothing, while menus and drawers still close
      setHref(target);
    };
    window.addEventListener('click', ask, { capture: true });
    return () => window.removeEventListener('click', ask, { capture: true });
  }, []);
  const leave = () => {
    if (href) router.push(href);
    setHref(null);
  };
  return (
    <AlertDialog
      isOpen={href !== null}
      onOpenChange={() => setHref(null)}
      title={title}
      description={<p>{body}</p>}
      cancelLabel={stayLabel}
      confirmLabel={leaveLabel}
      onConfirm={leave}
    />
  );
}

/** The other page of this application that a click opens in this tab, or null. */
function leavingTo(event: MouseEvent): string | null {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null;
  if (!link || link.hasAttribute('download') || !['', '_self'].includes(link.target)) return null;
  const { origin, pathname, search, hash } = new URL(link.href);
  if (origin !== location.origin || (pathname === location.pathname && search === location.search)) return null;
  return `${pathname}${search}${hash}`;
}
