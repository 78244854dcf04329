import { classes } from './classes';

/** A placeholder of its content's size. The region around it announces "Loading…". */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={classes('pulse block rounded-md bg-sunken', className)} />;
}
