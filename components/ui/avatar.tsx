import { User } from '@/components/ui/icons';
import { classes } from './classes';
import { initials } from './initials';

const SIZES = {
  small: 'size-8 text-xs',
  large: 'size-14 text-base',
} as const;

/** A person's initials on a disc. Decorative: the name is always beside it. */
export function Avatar({ name, size = 'small' }: { name: string; size?: keyof typeof SIZES }) {
  const letters = initials(name);
  return (
    <span aria-hidden className={classes('avatar', SIZES[size])}>
      {letters || <User size={size === 'small' ? 16 : 20} />}
    </span>
  );
}
