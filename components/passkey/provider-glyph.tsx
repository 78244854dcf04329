import type { ReactNode } from 'react';
import type { ProviderKind } from '@/lib/credential/model';

/**
 * Where a passkey is kept, drawn for Signet: logos of providers are trademarks, so only the kind shows, and the name
 * says the rest. In the colors of the text, so in light and dark alike.
 */
const GLYPHS: Record<ProviderKind, ReactNode> = {
  // A laptop with a lock on its screen.
  platform: (
    <>
      <rect x="4" y="4" width="16" height="11.5" rx="2" />
      <path d="M2 19.5h20" />
      <rect x="9.5" y="9.25" width="5" height="3.75" rx="1" fill="currentColor" stroke="none" />
      <path d="M10.5 9.25V8.5a1.5 1.5 0 0 1 3 0v.75" strokeWidth="1.25" />
    </>
  ),
  // A phone with a lock.
  phone: (
    <>
      <rect x="6" y="2" width="12" height="20" rx="2.5" />
      <path d="M11 19h2" />
      <rect x="9.5" y="9.75" width="5" height="4" rx="1" fill="currentColor" stroke="none" />
      <path d="M10.5 9.75V9a1.5 1.5 0 0 1 3 0v.75" strokeWidth="1.25" />
    </>
  ),
  // A key below a cloud.
  'password-manager': (
    <>
      <path d="M6.5 14.5a4 4 0 0 1-.6-7.95 6 6 0 0 1 11.55 1.2A3.5 3.5 0 0 1 18 14.5" />
      <circle cx="10" cy="17.5" r="2.5" />
      <path d="M12.5 17.5H19v2.25M16 17.5v1.75" />
    </>
  ),
  // A security key: plug, body, touch area.
  'security-key': (
    <>
      <path d="M9 7V2.5h6V7" />
      <rect x="6.5" y="7" width="11" height="14.5" rx="3" />
      <circle cx="12" cy="14" r="2.5" />
      <path d="M11 4.75h.01M13 4.75h.01" />
    </>
  ),
};

export function ProviderGlyph({ kind }: { kind: ProviderKind }) {
  return (
    <svg className="icon" width={24} height={24} viewBox="0 0 24 24" aria-hidden data-glyph={kind}>
      {GLYPHS[kind]}
    </svg>
  );
}
