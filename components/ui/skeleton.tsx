import { classes } from './classes';

/** A place-holder of the size its content will have. The region around it says "Loading…". */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={classes('pulse block rounded-md bg-sunken', className)} />;
}
