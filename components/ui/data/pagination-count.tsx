import type { ReactNode } from 'react';

/** "1,204 identities": announces the count when a filter changes it. */
export function PaginationCount({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="text-sm text-muted tabular-nums">
      {children}
    </p>
  );
}
