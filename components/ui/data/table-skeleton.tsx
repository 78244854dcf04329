import { Skeleton } from '../skeleton';

const WIDTHS = ['w-3/5', 'w-2/5', 'w-1/2', 'w-1/3'];

type Props = {
  /** Read out: "Loading…" */
  label: string;
  columns?: number;
  rows?: number;
};

/** A placeholder for a loading table, with rows of its size. */
export function TableSkeleton({ label, columns = 4, rows = 8 }: Props) {
  return (
    <div role="status" className="overflow-clip rounded-lg border border-line bg-raised">
      <span className="sr-only">{label}</span>
      <div aria-hidden className="divide-y divide-line">
        {Array.from({ length: rows + 1 }, (_row, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: placeholders are identical
          <div key={row} className={row === 0 ? 'flex gap-6 px-4 py-2.5' : 'flex gap-6 px-4 py-3'}>
            {Array.from({ length: columns }, (_column, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: placeholders are identical
              <div key={column} className={column > 1 ? 'hidden flex-1 md:block' : 'flex-1'}>
                <Skeleton className={`${row === 0 ? 'h-3' : 'h-5'} ${WIDTHS[(row + column) % WIDTHS.length]}`} />
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
