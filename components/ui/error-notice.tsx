import type { ReactNode } from 'react';
import { Notice } from './notice';

type Props = {
  /** "Error" */
  word: string;
  /** What failed and what to do. */
  children: ReactNode;
  /** The reference to find it in the log. */
  reference?: { label: string; id: string } | undefined;
  /** A retry button or link. */
  action?: ReactNode;
};

/** Replaces a part of the page that failed to load. */
export function ErrorNotice({ word, children, reference, action }: Props) {
  return (
    <Notice tone="danger" word={word} live="assertive" action={action}>
      {children}
      {reference && (
        <span className="mt-1 block text-sm text-muted">
          {reference.label}: <code className="font-mono wrap-anywhere">{reference.id}</code>
        </span>
      )}
    </Notice>
  );
}
