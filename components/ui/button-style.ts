import { classes } from './classes';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';
export type ButtonSize = 'medium' | 'small';

const VARIANTS: Record<ButtonVariant, string> = {
  primary: 'button-primary',
  secondary: 'button-secondary',
  quiet: 'button-quiet',
  danger: 'button-danger',
};

const SIZES: Record<ButtonSize, string> = {
  medium: 'button-medium',
  small: 'button-small',
};

/** The style of a button, also for links that look like one. */
export function buttonStyle(
  variant: ButtonVariant = 'secondary',
  size: ButtonSize = 'medium',
  isBlock = false,
): string {
  return classes('button', VARIANTS[variant], SIZES[size], isBlock && 'w-full');
}
