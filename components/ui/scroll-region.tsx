'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { classes } from './classes';

type Props = { label: string; className?: string; children: ReactNode };

/**
 * What is too wide for the page scrolls in here, so that the page itself never does. A stop of the keyboard with a name
 * while there is something to scroll; before script has looked, it always is one.
 */
export function ScrollRegion({ label, className, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [isScrollable, setScrollable] = useState(true);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => {
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
      const isWide = scrollWidth > clientWidth || scrollHeight > clientHeight;
      // A region that has the focus keeps it, whatever its size becomes.
      setScrollable(isWide || document.activeElement === element);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, []);
  const stop = isScrollable ? { role: 'region', 'aria-label': label, tabIndex: 0 } : {};
  return (
    <div ref={box} {...stop} className={classes('relative min-w-0 overflow-x-auto', className)}>
      {children}
    </div>
  );
}
