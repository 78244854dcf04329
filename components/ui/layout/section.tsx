import type { ReactNode } from 'react';

type Props = {
  /** Becomes the id of the heading, so that links can target it. */
  id: string;
  title: string;
  /** One line on what this is for. */
  help?: ReactNode;
  /** The primary action, below the help text. */
  action?: ReactNode;
  children: ReactNode;
};

/** A region of a page. Heading and help come first: on the left from 1024 px, above the content below that. */
export function Section({ id, title, help, action, children }: Props) {
  return (
    <section
      aria-labelledby={id}
      className="grid min-w-0 gap-x-10 gap-y-4 border-t border-line py-8 lg:grid-cols-[minmax(0,14rem)_minmax(0,1fr)]"
    >
      <div className="flex min-w-0 max-w-text flex-col items-start gap-1">
        <h2 id={id} className="scroll-mt-20 text-base font-semibold">
          {title}
        </h2>
        {help && <p className="text-sm text-muted">{help}</p>}
        {action && <div className="mt-3">{action}</div>}
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}
