import { Fragment, type ReactNode } from 'react';

/** A sentence of the document; text between backticks is code. */
export function Words({ children }: { children: string }): ReactNode {
  return children.split('`').map((part, index) => {
    const key = `${index} ${part}`;
    if (index % 2 === 0) return <Fragment key={key}>{part}</Fragment>;
    return (
      <code key={key} className="font-mono text-[0.9em] wrap-anywhere">
        {part}
      </code>
    );
  });
}
