'use client';

import { createContext, type ReactNode, useContext } from 'react';
import { SealMark } from './seal-mark';

const Logo = createContext<string | null>(null);

/** Provides the URL of the served project's logo to the marks below it. */
export function ProjectMarkProvider({ logoHash, children }: { logoHash: string | null; children: ReactNode }) {
  return <Logo value={logoHash}>{children}</Logo>;
}

type Props = {
  /** Pixels. */
  size?: number;
};

/** The project's logo, or the seal. Decorative: the project's name is beside it. */
export function ProjectMark({ size = 28 }: Props) {
  const logoHash = useContext(Logo);
  if (logoHash === null) return <SealMark size={size} />;
  return <LogoImage src={`/branding/logo/${logoHash}`} size={size} />;
}

/** A logo of any shape in place of the mark: the same height, and up to four times as wide. */
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
