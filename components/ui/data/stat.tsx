import type { ReactNode } from 'react';
import { Link } from '@/components/ui/link';

/** Numbers side by side, as many in a row as fit; those of the last row share its width. */
export function StatList({ children }: { children: ReactNode }) {
  return <dl className="flex flex-wrap gap-px overflow-clip rounded-lg border border-line bg-line">{children}</dl>;
}

type Props = {
  label: ReactNode;
  /** Formatted: "1,204". */
  value: ReactNode;
  help?: ReactNode;
  /** What the number counts: the link covers the whole box. */
  href?: string;
};

export function Stat({ label, value, help, href }: Props) {
  return (
    <div className="relative flex min-w-0 flex-[1_1_11rem] flex-col gap-0.5 bg-raised p-4 has-[a]:hover:bg-sunken">
      <dt className="text-sm text-muted">
        {href ? (
          <Link
            href={href}
            className="after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
          >
            {label}
          </Link>
        ) : (
          label
        )}
      </dt>
      <dd className="text-title font-semibold tabular-nums wrap-anywhere">{value}</dd>
      {help && <dd className="text-sm text-muted">{help}</dd>}
    </div>
  );
}
