import type { ComponentProps } from 'react';
import { classes } from '../classes';

/** A raised surface. Never nest it: use hairlines inside. */
export function Card({ className, ...rest }: ComponentProps<'div'>) {
  return <div {...rest} className={classes('min-w-0 rounded-lg border border-line bg-raised p-4 sm:p-6', className)} />;
}
