import type { ReactNode } from 'react';
import { Notice } from './notice';

type Props = {
  /** "Problem" */
  word: string;
  /** What has failed, and what to do. */
  children: ReactNode;
  /** By which the people who run the service find it in the log. */
  reference?: { label: string; id: string } | undefined;
  /** A button or link that tries again. */
  action?: ReactNode;
};

/** A part of the page that could not be read, in its place. */
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
