import type { ReactNode } from 'react';

type Props = { title: string; children: ReactNode; action?: ReactNode; footnote?: ReactNode };

/** A console page's status instead of its content: not found, no permission, failed. */
export function ConsoleStatus({ title, children, action, footnote }: Props) {
  return (
    <div className="flex max-w-text min-w-0 flex-col items-start gap-6 py-4">
      <div className="flex min-w-0 flex-col gap-2">
        <h1 className="text-title font-semibold wrap-anywhere">{title}</h1>
        {children}
      </div>
      {action}
      {footnote && <div className="text-muted wrap-anywhere">{footnote}</div>}
    </div>
  );
}
