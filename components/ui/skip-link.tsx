/** The first stop of the keyboard: past the header to `<main id="content" tabIndex={-1}>`. */
export function SkipLink({ children }: { children: string }) {
  return (
    <a
      href="#content"
      className="sr-only z-50 rounded-md border border-control bg-raised px-4 py-2 font-medium text-ink shadow-float focus:not-sr-only focus:fixed focus:start-4 focus:top-3"
    >
      {children}
    </a>
  );
}
