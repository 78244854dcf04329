'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { classes } from '../classes';

type Props = { label: string; className?: string; children: ReactNode };

/** Which sides have more to scroll to. */
type Hidden = { start: boolean; end: boolean };
const NOTHING: Hidden = { start: false, end: false };

/**
 * Scrolls wide content, so that the page itself never scrolls sideways; a shadow at an edge shows that there is more. A
 * named tab stop while there is something to scroll, and always before hydration. No landmark: it often has the name of
 * the section around it. `data-fits` marks a region whose content fits.
 */
export function ScrollRegion({ label, className, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [fits, setFits] = useState(false);
  const [isTabStop, setTabStop] = useState(true);
  const [hidden, setHidden] = useState(NOTHING);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => {
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
      const hasRoom = scrollWidth <= clientWidth && scrollHeight <= clientHeight;
      setFits(hasRoom);
      // A focused region keeps the focus when its size changes.
      setTabStop(!hasRoom || document.activeElement === element);
    };
    const look = () => setHidden((last) => keepIfSame(last, hiddenSides(element)));
    const observer = new ResizeObserver(() => {
      measure();
      look();
    });
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);
  const stop = isTabStop ? { role: 'group', 'aria-label': label, tabIndex: 0 } : {};
  return (
    <div className="relative min-w-0">
      <div
        ref={box}
        {...stop}
        data-fits={fits ? '' : undefined}
        className={classes('relative min-w-0 overflow-x-auto', className)}
      >
        {children}
      </div>
      {hidden.start && <span aria-hidden data-more="start" className="more-edge start-0 -scale-x-100 rounded-e-lg" />}
      {hidden.end && <span aria-hidden data-more="end" className="more-edge end-0 rounded-e-lg" />}
    </div>
  );
}

/** Right-to-left regions scroll to negative positions. Positions may be fractions of a pixel. */
function hiddenSides({ scrollWidth, clientWidth, scrollLeft }: HTMLElement): Hidden {
  const position = Math.abs(scrollLeft);
  return { start: position > 1, end: scrollWidth - clientWidth - position > 1 };
}

function keepIfSame(last: Hidden, next: Hidden): Hidden {
  return last.start === next.start && last.end === next.end ? last : next;
}
