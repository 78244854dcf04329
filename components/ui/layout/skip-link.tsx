'use client';

import type { MouseEvent } from 'react';

/**
 * The first tab stop: skips the header to `<main id="content" tabIndex={-1}>`. With script the URL gets no fragment,
 * which every later refresh would scroll to.
 */
export function SkipLink({ children }: { children: string }) {
  const skip = (event: MouseEvent) => {
    const content = document.getElementById('content');
    if (!content) return;
    event.preventDefault();
    content.focus();
  };
  return (
    // biome-ignore lint/a11y/useValidAnchor: it targets an element of the page, also without script
    <a
      href="#content"
      onClick={skip}
      className="sr-only z-50 rounded-md border border-control bg-raised px-4 py-2 font-medium text-ink shadow-float focus:not-sr-only focus:fixed focus:start-4 focus:top-3"
    >
      {children}
    </a>
  );
}
