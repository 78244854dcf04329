import type { ReactNode } from 'react';

/** Facts about one item, divided by hairlines. */
export function DescriptionList({ children }: { children: ReactNode }) {
  return <dl className="divide-y divide-line text-sm">{children}</dl>;
}

type Props = {
  term: ReactNode;
  /** A button or link at the end of the row. */
  action?: ReactNode;
  children: ReactNode;
};

/** The term above its detail, beside it from 640 px. */
export function DescriptionRow({ term, action, children }: Props) {
  return (
    <div className="grid min-w-0 gap-x-6 gap-y-0.5 py-3 first:pt-0 last:pb-0 sm:grid-cols-[minmax(0,11rem)_minmax(0,1fr)]">
      <dt className="text-muted">{term}</dt>
      <dd className="flex min-w-0 flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 wrap-anywhere">{children}</div>
        {action}
      </dd>
    </div>
  );
}
