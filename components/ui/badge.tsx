import type { ReactNode } from 'react';
import { classes } from './classes';
import type { Tone } from './notice';

const TONES: Record<Tone | 'neutral', string> = {
  neutral: 'border-line bg-sunken text-muted',
  info: 'border-transparent bg-info-soft text-info',
  success: 'border-transparent bg-success-soft text-success',
  warning: 'border-transparent bg-warning-soft text-warning',
  danger: 'border-transparent bg-danger-soft text-danger',
};

type Props = { tone?: Tone | 'neutral'; icon?: ReactNode; title?: string; children: ReactNode };

/** A short fact about the item beside it. */
export function Badge({ tone = 'neutral', icon, title, children }: Props) {
  return (
    <span title={title} className={classes('badge', TONES[tone])}>
      {icon}
      <span className="cut">{children}</span>
    </span>
  );
}
