import type { ComponentProps, ReactNode } from 'react';
import { Link } from '@/components/ui/link';
import { type ButtonSize, type ButtonVariant, buttonStyle } from './button-style';
import { classes } from './classes';

type Props = ComponentProps<typeof Link> & {
  variant?: ButtonVariant;
  size?: ButtonSize;
  isBlock?: boolean;
  icon?: ReactNode;
};

/** A link that looks like a button. */
export function ButtonLink({ variant, size, isBlock, icon, className, children, ...rest }: Props) {
  return (
    <Link {...rest} className={classes(buttonStyle(variant, size, isBlock), className)}>
      {icon}
      <span className="min-w-0">{children}</span>
    </Link>
  );
}
