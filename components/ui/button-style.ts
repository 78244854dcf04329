import { classes } from './classes';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';
export type ButtonSize = 'medium' | 'small';

const VARIANTS: Record<ButtonVariant, string> = {
  primary: 'border-transparent bg-accent text-on-accent not-disabled:hover:bg-accent-hover',
  secondary: 'border-control bg-raised text-ink not-disabled:hover:bg-sunken',
  quiet: 'border-transparent bg-transparent text-ink not-disabled:hover:bg-sunken',
  danger: 'border-danger bg-raised text-danger not-disabled:hover:bg-danger-soft',
};

const SIZES: Record<ButtonSize, string> = {
  medium: 'min-h-10 px-4 py-2 text-base',
  small: 'min-h-8 px-2.5 py-1 text-sm',
};

/** The style of a button, also for links that look like one. */
export function buttonStyle(
  variant: ButtonVariant = 'secondary',
  size: ButtonSize = 'medium',
  isBlock = false,
): string {
  return classes('button', VARIANTS[variant], SIZES[size], isBlock && 'w-full');
}
