import type { ReactNode } from 'react';
import { CircleAlert, CircleCheck, Info, TriangleAlert } from '@/components/ui/icons';
import { classes } from './classes';
import { VisuallyHidden } from './layout/visually-hidden';

export type Tone = 'info' | 'success' | 'warning' | 'danger';

const STYLES = {
  info: { Icon: Info, box: 'border-info/30 bg-info-soft', sign: 'text-info' },
  success: { Icon: CircleCheck, box: 'border-success/30 bg-success-soft', sign: 'text-success' },
  warning: { Icon: TriangleAlert, box: 'border-warning/30 bg-warning-soft', sign: 'text-warning' },
  danger: { Icon: CircleAlert, box: 'border-danger/30 bg-danger-soft', sign: 'text-danger' },
} as const;

type Props = {
  tone?: Tone;
  /** The tone as a word, such as "Warning", for those who see neither color nor icon. */
  word: string;
  children: ReactNode;
  /** A button or link, after the text. */
  action?: ReactNode;
  /** `polite` if it appears after loading, `assertive` if it blocks the person. */
  live?: 'polite' | 'assertive';
};

/** An inline message. */
export function Notice({ tone = 'info', word, children, action, live }: Props) {
  const { Icon, box, sign } = STYLES[tone];
  return (
    <div
      role={live === 'assertive' ? 'alert' : live === 'polite' ? 'status' : undefined}
      className={classes('flex gap-3 rounded-lg border p-4', box)}
    >
      <Icon size={20} className={classes('mt-0.5 shrink-0', sign)} aria-hidden />
      <div className="flex min-w-0 flex-1 flex-col items-start gap-3">
        <div className="min-w-0 max-w-full">
          <VisuallyHidden>{word}: </VisuallyHidden>
          {children}
        </div>
        {action}
      </div>
    </div>
  );
}
