import type { ReactNode } from 'react';
import { ChevronRight } from '@/components/ui/icons';

/** A disclosure. Opens without script. */
export function Disclosure({ summary, children }: { summary: ReactNode; children: ReactNode }) {
  return (
    <details className="group min-w-0">
      <summary className="inline-flex min-h-8 list-none items-center gap-1.5 rounded-md text-sm text-muted hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight
          size={16}
          className="motion shrink-0 group-open:rotate-90 rtl:group-open:-rotate-90"
          aria-hidden
        />
        {summary}
      </summary>
      <div className="pt-3">{children}</div>
    </details>
  );
}
