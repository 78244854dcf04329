'use client';

import type { ComponentProps, MouseEvent, ReactNode } from 'react';
import { LoaderCircle, TriangleAlert } from '@/components/ui/icons';
import { type ButtonSize, type ButtonVariant, buttonStyle } from './button-style';
import { classes } from './classes';
import { useHydrated } from './use-hydrated';

export type ButtonProps = Omit<ComponentProps<'button'>, 'disabled'> & {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** As wide as its container. */
  isBlock?: boolean;
  /** 16 px, before the text. The danger variant has its own warning icon. */
  icon?: ReactNode;
  /** Pending: clicks are ignored; focus and width stay, and with an icon the text, since a ceremony may take long. */
  isPending?: boolean;
  /** Said to screen readers while pending, such as "One moment…". */
  pendingLabel?: string;
  /** Disabled until hydration. Only for buttons that start a passkey ceremony, which cannot work without script. */
  waitsForHydration?: boolean;
};

export function Button({
  variant = 'secondary',
  size = 'medium',
  isBlock,
  icon,
  isPending = false,
  pendingLabel,
  waitsForHydration = false,
  type = 'button',
  className,
  onClick,
  children,
  ...rest
}: ButtonProps) {
  const isHydrated = useHydrated();
  const sign = icon ?? (variant === 'danger' ? <TriangleAlert size={16} aria-hidden /> : null);
  // Not `disabled`, which would drop the focus from the button just pressed.
  const isBlocked = isPending || rest['aria-disabled'] === true;
  const handleClick = (event: MouseEvent<HTMLButtonElement>) => {
    if (isBlocked) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button
      {...rest}
      type={type}
      className={classes(buttonStyle(variant, size, isBlock), className)}
      disabled={waitsForHydration && !isHydrated}
      aria-disabled={isBlocked || undefined}
      onClick={handleClick}
    >
      <span className="button-stack">
        <span className={classes('button-face', isPending && !sign && 'opacity-0')}>
          {isPending && sign ? <LoaderCircle size={16} className="turn shrink-0" aria-hidden /> : sign}
          <span className="min-w-0">{children}</span>
        </span>
        {isPending && (
          <span className="col-start-1 row-start-1 inline-flex justify-center">
            {!sign && <LoaderCircle size={16} className="turn" aria-hidden />}
            {pendingLabel && <span className="sr-only">{pendingLabel}</span>}
          </span>
        )}
      </span>
    </button>
  );
}
