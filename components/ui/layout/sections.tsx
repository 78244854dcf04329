'use client';

import { type ReactNode, useEffect, useState } from 'react';
import { classes } from '../classes';

/** `id` is that of the section's heading. */
export type SectionLink = { id: string; text: string };

type Props = {
  /** The name of the list: "Sections". */
  label: string;
  sections: SectionLink[];
  children: ReactNode;
};

/**
 * A long page with a list of its sections, beside them from 1024 px and above them below that. The link of the section
 * being read is marked; a link moves the focus to its section's heading. Without script they are plain anchors.
 */
export function Sections({ label, sections, children }: Props) {
  const current = useCurrentSection(sections.map(({ id }) => id).join(' '));
  return (
    <div className="flex min-w-0 flex-col gap-6 lg:flex-row lg:items-start lg:gap-8">
      <nav
        aria-label={label}
        className="lg:sticky lg:top-[calc(var(--bar-height,0px)+2rem)] lg:order-last lg:w-48 lg:shrink-0"
      >
        <ul className="flex flex-wrap gap-x-4 gap-y-1 lg:flex-col lg:gap-0 lg:border-s lg:border-line">
          {sections.map(({ id, text }) => (
            <li key={id} className="min-w-0">
              <a
                href={`#${id}`}
                aria-current={current === id ? 'true' : undefined}
                onClick={() => focusHeading(id)}
                className={classes(
                  'motion block rounded-sm py-1.5 text-sm lg:-ms-px lg:border-s-2 lg:px-3',
                  current === id
                    ? 'font-medium text-ink underline underline-offset-4 lg:border-accent lg:no-underline forced-colors:underline'
                    : 'text-muted hover:text-ink lg:border-transparent',
                )}
              >
                {text}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div className="flex min-w-0 flex-1 flex-col gap-6">{children}</div>
    </div>
  );
}

function focusHeading(id: string): void {
  const heading = document.getElementById(id);
  heading?.setAttribute('tabindex', '-1');
  heading?.focus({ preventScroll: true });
}

/** How far below the top of the window a section counts as being read, in pixels. */
const READING_LINE = 160;

/** The last section whose heading is above the reading line; at the end of the page the last one. Null before hydration. */
function useCurrentSection(ids: string): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  useEffect(() => {
    const update = () => setCurrent(findCurrent(ids.split(' ')));
    update();
    addEventListener('scroll', update, { passive: true });
    addEventListener('resize', update);
    return () => {
      removeEventListener('scroll', update);
      removeEventListener('resize', update);
    };
  }, [ids]);
  return current;
}

function findCurrent(ids: string[]): string | null {
  const { scrollHeight, clientHeight } = document.documentElement;
  const shown = ids.filter((id) => document.getElementById(id));
  const isAtEnd = scrollHeight > clientHeight && scrollY + clientHeight >= scrollHeight - 2;
  // Near the end a short section cannot reach the line: one that was just chosen counts.
  const chosen = location.hash.slice(1);
  if (isAtEnd && shown.includes(chosen) && isInView(chosen)) return chosen;
  if (isAtEnd) return shown.at(-1) ?? null;
  return shown.findLast((id) => topOf(id) <= READING_LINE) ?? shown[0] ?? null;
}

const topOf = (id: string) => document.getElementById(id)?.getBoundingClientRect().top ?? Number.POSITIVE_INFINITY;
const isInView = (id: string) => topOf(id) >= 0 && topOf(id) < innerHeight;
