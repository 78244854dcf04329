'use client';

import { createContext, type ReactNode, useContext } from 'react';
import { SealMark } from './seal-mark';

const Logo = createContext<string | null>(null);

/** Names the picture of the project that is served, for the marks below it. */
export function ProjectMarkProvider({ logoHash, children }: { logoHash: string | null; children: ReactNode }) {
  return <Logo value={logoHash}>{children}</Logo>;
}

type Props = {
  /** Pixels. */
  size?: number;
};

/** The picture of the project, or the seal. Decoration: the project's name stands beside it. */
export function ProjectMark({ size = 28 }: Props) {
  const logoHash = useContext(Logo);
  if (logoHash === null) return <SealMark size={size} />;
  return <LogoImage src={`/branding/logo/${logoHash}`} size={size} />;
}

/** A picture of any shape, in the place of the mark: as high as it, and up to four times as wide. */
export function LogoImage({ src, size }: { src: string; size: number }) {
  return (
    // biome-ignore lint/performance/noImgElement: Next's optimizer is off, and there is nothing to choose from
    <img
      src={src}
      alt=""
      className="shrink-0 self-start object-contain object-left"
      style={{ blockSize: size, maxInlineSize: size * 4, minInlineSize: size }}
    />
  );
}
