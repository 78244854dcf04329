import type { ComponentProps } from 'react';
import { classes } from '../classes';

/** A sheet on the page. Never inside of another one: use hairlines there. */
export function Card({ className, ...rest }: ComponentProps<'div'>) {
  return <div {...rest} className={classes('min-w-0 rounded-lg border border-line bg-raised p-4 sm:p-6', className)} />;
}
