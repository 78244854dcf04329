import type { ComponentProps, ReactNode } from 'react';
import { ArrowDown, ArrowUp, ChevronsUpDown } from '@/components/ui/icons';
import { Link } from '@/components/ui/link';
import { classes } from '../classes';
import { ScrollRegion } from '../layout/scroll-region';

/** Hides the column below this width. */
export type HideBelow = 'sm' | 'md' | 'lg' | 'xl';

const HIDDEN_BELOW: Record<HideBelow, string> = {
  sm: 'hidden sm:table-cell',
  md: 'hidden md:table-cell',
  lg: 'hidden lg:table-cell',
  xl: 'hidden min-[80rem]:table-cell',
};

type CellProps = {
  hideBelow?: HideBelow | undefined;
  /** Numbers align to the end of their column. */
  isNumeric?: boolean;
};

const cellStyle = ({ hideBelow, isNumeric }: CellProps) =>
  classes('cell', isNumeric && 'text-end', hideBelow && HIDDEN_BELOW[hideBelow]);

type TableProps = {
  /** What the table lists: its caption, and the name of the region it scrolls in. */
  label: string;
  /** One row of `Th`. */
  head: ReactNode;
  /** Rows of `Row`. */
  children: ReactNode;
  /** Inside a flush `Panel`, which already has a frame. */
  isFlush?: boolean;
};

/**
 * A full-width table. If all columns fit, the head is sticky, below a bar of height `--bar-height` where the page has
 * one; otherwise the table scrolls in its own region.
 */
export function DataTable({ label, head, children, isFlush = false }: TableProps) {
  return (
    <ScrollRegion
      label={label}
      className={classes(
        'not-data-fits:[--bar-height:0px] data-fits:overflow-visible',
        !isFlush && 'rounded-lg border border-line bg-raised',
      )}
    >
      <table
        className={classes(
          'w-full border-separate border-spacing-0 text-sm',
          // Aligned with the panel's heading.
          isFlush && 'sm:[&_tr>*:first-child]:ps-5 sm:[&_tr>*:last-child]:pe-5',
        )}
      >
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr>{head}</tr>
        </thead>
        <tbody className="[&>tr:last-child>*]:border-b-0">{children}</tbody>
      </table>
    </ScrollRegion>
  );
}

export type Sort = {
  /** Links to the list sorted by this column, or reversed. */
  href: string;
  /** The current direction of this column; absent if another one is sorted. */
  direction?: 'ascending' | 'descending' | undefined;
};

type ThProps = CellProps & {
  /** Columns of cut text share the width that the others leave. */
  isWide?: boolean;
  sort?: Sort;
  className?: string;
  children: ReactNode;
};

/** The head of a column. For a column of buttons pass a `VisuallyHidden` word. */
export function Th({ hideBelow, isNumeric, isWide, sort, className, children }: ThProps) {
  return (
    <th
      scope="col"
      aria-sort={sort?.direction}
      className={classes(
        'column-head',
        isWide && 'w-1/2 max-sm:w-full',
        cellStyle({ hideBelow, isNumeric: isNumeric ?? false }),
        className,
      )}
    >
      {sort ? <SortLink {...sort}>{children}</SortLink> : children}
    </th>
  );
}

const SORT_ICONS = { ascending: ArrowUp, descending: ArrowDown } as const;

function SortLink({ href, direction, children }: Sort & { children: ReactNode }) {
  const Icon = direction ? SORT_ICONS[direction] : ChevronsUpDown;
  return (
    <Link
      href={href}
      scroll={false}
      className={classes(
        '-mx-1 inline-flex min-h-6 items-center gap-1 rounded-sm px-1 hover:text-ink',
        direction && 'text-ink',
      )}
    >
      {children}
      <Icon size={14} className="shrink-0" aria-hidden />
    </Link>
  );
}

/** A row. `isHighlighted` marks it; text elsewhere says why. */
export function Row({ isHighlighted, className, ...rest }: ComponentProps<'tr'> & { isHighlighted?: boolean }) {
  return (
    <tr
      {...rest}
      className={classes('relative has-[a[data-row-link]]:hover:bg-sunken', isHighlighted && 'bg-info-soft', className)}
    />
  );
}

type RowHeaderProps = {
  /** The row's link, which covers the whole row. Absent: no link. */
  href?: string;
  /** Before the name, which it repeats. */
  lead?: ReactNode;
  /** A second line under the name. */
  detail?: ReactNode;
  /** Beside the name; without `title`, wrapping below it. */
  badges?: ReactNode;
  /** The name as text: cuts the name at the end of its line. */
  title?: string;
  className?: string;
  children: ReactNode;
};

/** The cell that names the row. */
export function RowHeader({ href, lead, detail, badges, title, className, children }: RowHeaderProps) {
  const isCut = title !== undefined;
  return (
    <th scope="row" className={classes('row-head', cellStyle({}), className)}>
      <span className={isCut ? 'cut-line' : undefined} title={title}>
        {lead}
        {href ? (
          <Link href={href} data-row-link="" className="row-link">
            {isCut ? <span className="cut block">{children}</span> : children}
          </Link>
        ) : (
          <span className={isCut ? 'cut' : 'min-w-0'}>{children}</span>
        )}
        {badges}
      </span>
      {detail && <span className="mt-0.5 block font-normal text-muted">{detail}</span>}
    </th>
  );
}

type TdProps = CellProps & {
  /** Dates and numbers stay on one line. */
  isNoWrap?: boolean;
  isMuted?: boolean;
  /** Has its own links or copy button, placed above the row's link. */
  isInteractive?: boolean;
  className?: string;
  children?: ReactNode;
};

export function Td({ hideBelow, isNumeric, isNoWrap, isMuted, isInteractive, className, children }: TdProps) {
  return (
    <td
      className={classes(
        'align-top',
        isInteractive ? 'py-2' : 'py-3',
        isNoWrap ? 'whitespace-nowrap' : 'lg:wrap-anywhere',
        isMuted && 'text-muted',
        cellStyle({ hideBelow, isNumeric: isNumeric ?? false }),
        className,
      )}
    >
      {isInteractive ? <div className="relative z-10 inline-flex flex-wrap gap-1">{children}</div> : children}
    </td>
  );
}

/** A value on one line, cut where its column ends, such as an address; also as the detail of a `RowHeader`. */
export function CutText({ children, badge }: { children: string; badge?: ReactNode }) {
  return (
    <span className="cut-line" title={children}>
      <bdi className="cut">{children}</bdi>
      {badge}
    </span>
  );
}

/** A sentence of a `RowHeader` with foreign names in it, cut after a few lines. */
export function ClampedText({ children }: { children: string }) {
  return (
    <span className="clamped" title={children}>
      {children}
    </span>
  );
}

/** The last cell of a row, for its buttons; their accessible names carry the row's. */
export function RowActions({ children }: { children: ReactNode }) {
  return (
    <td className={classes('w-px py-2 align-top', cellStyle({}))}>
      <div className="relative z-10 flex justify-end gap-1">{children}</div>
    </td>
  );
}
