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
    <section aria-labelledby={id} className="section">
      <div className="section-head">
        <h2 id={id} className="section-title">
          {title}
        </h2>
        {help && <p className="text-sm text-muted">{help}</p>}
        {action && <div className="mt-3">{action}</div>}
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}
