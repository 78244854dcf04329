'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { classes } from '../classes';

type Props = { label: string; className?: string; children: ReactNode };

/**
 * Scrolls wide content, so that the page itself never scrolls sideways. A named tab stop while there is something to
 * scroll, and always before hydration. No landmark: it often has the name of the section around it. `data-fits` marks a region whose content fits.
 */
export function ScrollRegion({ label, className, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [fits, setFits] = useState(false);
  const [isTabStop, setTabStop] = useState(true);
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
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, []);
  const stop = isTabStop ? { role: 'group', 'aria-label': label, tabIndex: 0 } : {};
  return (
    <div
      ref={box}
      {...stop}
      data-fits={fits ? '' : undefined}
      className={classes('relative min-w-0 overflow-x-auto', className)}
    >
      {children}
    </div>
  );
}
