import { ChevronRight } from '@/components/ui/icons';
import { Link } from '@/components/ui/link';

type Props = {
  /** The accessible name: "Breadcrumbs". */
  label: string;
  /** The pages above, outermost first. */
  items: Array<{ href: string; text: string }>;
  /** This page. */
  current: string;
};

/** The page's position below others. */
export function Breadcrumbs({ label, items, current }: Props) {
  return (
    <nav aria-label={label} className="pb-1">
      <ol className="flex flex-wrap items-center gap-x-1.5 gap-y-0.5 text-sm text-muted">
        {items.map(({ href, text }) => (
          <li key={href} className="flex min-w-0 items-center gap-1.5">
            <Link
              href={href}
              className="inline-flex min-h-6 items-center rounded-sm wrap-anywhere hover:text-ink hover:underline hover:underline-offset-4"
            >
              {text}
            </Link>
            <ChevronRight size={14} className="shrink-0" aria-hidden />
          </li>
        ))}
        <li aria-current="page" className="min-w-0 text-ink wrap-anywhere">
          {current}
        </li>
      </ol>
    </nav>
  );
}
