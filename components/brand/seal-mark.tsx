import { SEAL_PATH } from './seal-path';

type Props = {
  /** Pixels. */
  size?: number;
};

/** The seal. Decorative: the project's name is beside it. */
export function SealMark({ size = 28 }: Props) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 32 32" className="shrink-0 text-accent">
      <path d={SEAL_PATH} fill="currentColor" fillRule="evenodd" />
    </svg>
  );
}
