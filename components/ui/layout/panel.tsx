import type { ReactNode } from 'react';
import { classes } from '../classes';

type Props = {
  /** Becomes the id of the heading, so that links can target it. */
  id: string;
  title: ReactNode;
  /** One line on what this is for. */
  help?: ReactNode;
  /** Buttons or links, opposite the heading. */
  actions?: ReactNode;
  /** For rows that span edge to edge. */
  isFlush?: boolean;
  children: ReactNode;
};

/** A raised surface with a heading. Never nest it: use hairlines inside. */
export function Panel({ id, title, help, actions, isFlush = false, children }: Props) {
  return (
    <section aria-labelledby={id} className="min-w-0 overflow-clip rounded-lg border border-line bg-raised">
      <div
        className={classes(
          'flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 pt-4 sm:px-5',
          isFlush && 'border-b border-line pb-4',
        )}
      >
        <div className="flex min-w-0 max-w-text flex-col gap-0.5">
          <h2 id={id} className="scroll-mt-20 text-base font-semibold wrap-anywhere">
            {title}
          </h2>
          {help && <p className="text-sm text-muted">{help}</p>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      <div className={classes('min-w-0', !isFlush && 'p-4 sm:px-5')}>{children}</div>
    </section>
  );
}
