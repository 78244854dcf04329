import { User } from '@/components/ui/icons';
import { classes } from './classes';
import { initials } from './initials';

const SIZES = {
  /** In rows of a table, where there is room. */
  tiny: 'avatar-tiny',
  small: 'size-8 text-xs',
  large: 'size-14 text-base',
  huge: 'size-20 text-lg',
} as const;

const ICON_SIZES = { tiny: 14, small: 16, large: 20, huge: 28 } as const;

type Props = {
  /** The name without degree. */
  name: string;
  /** Null: initials, which also show while the picture loads and if it is gone. */
  src?: string | null | undefined;
  size?: keyof typeof SIZES;
};

/** A person's picture, or their initials on a disc. Decorative: the name is always beside it. */
export function Avatar({ name, src, size = 'small' }: Props) {
  const letters = initials(name);
  return (
    <span aria-hidden className={classes('avatar', SIZES[size])}>
      {letters || <User size={ICON_SIZES[size]} />}
      {src && (
        // biome-ignore lint/performance/noImgElement: Next's optimizer is off, and the picture is small
        <img src={src} alt="" className="avatar-picture" />
      )}
    </span>
  );
}
