import type { ReactNode } from 'react';

/** The one h1 of a page, with at most one sentence below. */
export function PageHeading({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="flex max-w-text flex-col gap-1 pb-8">
      <h1 className="text-title font-semibold wrap-anywhere">{title}</h1>
      {children && <div className="text-pretty text-muted">{children}</div>}
    </div>
  );
}
