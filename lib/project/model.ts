import { contrast, fromOklch, isHexColor, type Oklch, parseHex, toHex, toOklch } from '@/lib/platform/color';

export const REGISTRATIONS = ['closed', 'open', 'invitation'] as const;
export type Registration = (typeof REGISTRATIONS)[number];

/** The algorithms a project's access tokens may be signed with; nothing else is ever verified (RFC 8725 §3.1). */
export const SIGNING_ALGORITHMS = ['ES256', 'RS256'] as const;
export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number];

/** Owns projects; operators hold their role in one. */
export type Organization = {
  id: string;
  name: string;
  slug: string;
  /** Only a session that was opened with a passkey may use its console. */
  consoleNeedsPasskey: boolean;
  createdAt: Date;
  updatedAt: Date;
};

/** A tenant. `origin` is its primary one; RP ID, issuer and every link come from it, never from a request. */
export type Project = {
  id: string;
  organizationId: string;
  name: string;
  slug: string;
  origin: string;
  registration: Registration;
  /** A session not used for this long is over. */
  sessionIdleSeconds: number;
  /** A session is over this long after it began, used or not. */
  sessionLifetimeSeconds: number;
  /** `#rrggbb` in the place of the product's own accent, or null. */
  accentColor: string | null;
  /** Names the logo's bytes; null without one. */
  logoHash: string | null;
  /** `Name <address>` of its mails, or null for MAIL_FROM. */
  mailFrom: string | null;
  /** Why it may send as `mailFrom`; null with a sender: since before this was asked. */
  mailFromApproval: Approval | 'domain' | null;
  /** What its next signing key will be of; the present one goes on until a rotation. */
  signingAlgorithm: SigningAlgorithm;
  /** Audit events older than this are deleted; null keeps them. */
  auditRetentionDays: number | null;
  createdAt: Date;
  updatedAt: Date;
  /** WebAuthn L3 §5.4.2: the host name of the primary origin. */
  rpId: string;
};

/** What lets a project use a domain: a DNS record, an owner of the installation, or the installation's own settings. */
export type Approval = 'dns' | 'owner' | 'settings';

/**
 * An address that a project answers on. Pages are served on the primary one only; others lead there. `approval` is null for
 * one that is older than approvals.
 */
export type ProjectOrigin = {
  id: string;
  origin: string;
  isPrimary: boolean;
  approval: Approval | null;
  createdAt: Date;
};

/** A domain or sender that a project wants to use and may not yet: it is not served and does not block other projects. */
export type DomainClaim = {
  id: string;
  projectId: string;
  kind: 'origin' | 'sender';
  /** The origin, or `Name <address>`. */
  value: string;
  /** The host name whose DNS proves it. */
  domain: string;
  token: string;
  createdAt: Date;
};

/** In use without an approval: it is older than approvals. */
export type Unreviewed = Pick<DomainClaim, 'kind' | 'projectId' | 'value'>;

/** The TXT record that proves a claim (RFC 8552: names with an underscore carry what is about the name below). */
export function challengeRecord({ domain, token }: Pick<DomainClaim, 'domain' | 'token'>): {
  name: string;
  value: string;
} {
  return { name: `_signet-challenge.${domain}`, value: `signet-domain=${token}` };
}

export type Logo = { mediaType: LogoMediaType; bytes: Uint8Array<ArrayBuffer> };

/** How much goes with a project. */
export type ProjectContents = { identities: number; passkeys: number; sessions: number; apiCredentials: number };

export function rpIdOf(origin: string): string {
  return new URL(origin).hostname;
}

/** Whether people reach this origin from the machine it runs on only. */
export function isLoopbackOrigin(origin: string): boolean {
  return isLocalName(new URL(origin).hostname);
}

/** The audience of the admin API: what a token must be made for. */
export function adminAudience(origin: string): string {
  return `${origin}/admin`;
}

export const MAX_NAME_LENGTH = 100;
const MIN_SLUG_LENGTH = 2;
const MAX_SLUG_LENGTH = 40;

/** Names that mean something else in an address, or would pass for the product's own. */
const RESERVED_SLUGS = new Set(
  `admin api app auth branding console docs health localhost login logout mail metrics new null oauth2 profile root schemas
  settings setup signup static status support system undefined www`.split(/\s+/),
);

/** What is wrong with a name for addresses, or null. Two of them and `-` make the paths of the console. */
export function slugFault(slug: string): 'format' | 'reserved' | null {
  const isKebab = /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug);
  if (!isKebab || slug.length < MIN_SLUG_LENGTH || slug.length > MAX_SLUG_LENGTH) return 'format';
  return RESERVED_SLUGS.has(slug) ? 'reserved' : null;
}

/** Somewhere to begin for who has typed a name: "Acme, Inc." → `acme-inc`. May be empty. */
export function toSlug(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
  return plain.slice(0, MAX_SLUG_LENGTH).replaceAll(/^-+|-+$/g, '');
}

export type OriginFault = 'format' | 'scheme' | 'path' | 'address';

/**
 * An origin as a browser writes it, or what is wrong with it: https, or http on a name of this machine, because passkeys need a
 * secure context (Secure Contexts §3.1); a name and no number, because they need a domain (WebAuthn L3 §5.1.3).
 */
export function readOrigin(text: string): { origin: string } | { fault: OriginFault } {
  const typed = text.trim();
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) || !URL.canParse(typed)) return { fault: 'format' };
  const { protocol, hostname, href, origin, username, password } = new URL(typed);
  if (protocol !== 'https:' && !(protocol === 'http:' && isLocalName(hostname))) return { fault: 'scheme' };
  if (/^\[|^[\d.]+$/.test(hostname)) return { fault: 'address' };
  if (!isHostName(hostname) || hostname.endsWith(OFF_THE_AIR) || username !== '' || password !== '')
    return { fault: 'format' };
  return href === `${origin}/` && !/[?#]/.test(typed) ? { origin } : { fault: 'path' };
}

/** Where a project answers when nobody says so: on the machine of a developer, beside the first one. */
export function defaultOrigin(consoleOrigin: string, slug: string): string | null {
  if (!isLoopbackOrigin(consoleOrigin)) return null;
  const { protocol, port } = new URL(consoleOrigin);
  return `${protocol}//${slug}.localhost${port && `:${port}`}`;
}

const OFF_THE_AIR = '.invalid'; // RFC 2606 §2: never resolves

/** The origin of a project whose deletion has begun: nobody reaches it any more. */
export function originOffTheAir(projectId: string): string {
  return `https://deleted-${projectId}${OFF_THE_AIR}`;
}

/** The origin of a project that has no approved one yet. */
export function pendingOrigin(projectId: string): string {
  return `https://pending-${projectId}${OFF_THE_AIR}`;
}

/** Answers nowhere: it has no approved domain yet, or is being deleted. */
export function isOffTheAir({ origin }: Pick<Project, 'origin'>): boolean {
  return rpIdOf(origin).endsWith(OFF_THE_AIR);
}

export function isBeingDeleted({ id, origin }: Pick<Project, 'id' | 'origin'>): boolean {
  return origin === originOffTheAir(id);
}

export function isWithoutDomain({ id, origin }: Pick<Project, 'id' | 'origin'>): boolean {
  return origin === pendingOrigin(id);
}

function isLocalName(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost');
}

/** RFC 1123 §2.1. */
function isHostName(hostname: string): boolean {
  const isLabel = (label: string) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label);
  return hostname.length <= 253 && hostname.split('.').every(isLabel);
}

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;
export const SESSION_BOUNDS = {
  idle: { min: 5 * MINUTE, max: 365 * DAY },
  lifetime: { min: 15 * MINUTE, max: 365 * DAY },
} as const;

/** In days. A shorter retention would let an admin hide their own actions before anyone looks. */
export const AUDIT_RETENTION_BOUNDS = { min: 30, max: 3650 } as const;

/** What a project begins with. */
export const FIRST_SETTINGS = {
  registration: 'closed',
  sessionIdleSeconds: 7 * DAY,
  sessionLifetimeSeconds: 30 * DAY,
  signingAlgorithm: 'ES256',
  auditRetentionDays: null,
} as const satisfies Partial<Project>;

const LOGO_MEDIA_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const;
export type LogoMediaType = (typeof LOGO_MEDIA_TYPES)[number];
export const MAX_LOGO_BYTES = 256 * 1024;

/** What the first bytes say a picture is (WHATWG MIME Sniffing §6.1); null for all else. SVG is a document that runs scripts. */
export function logoMediaType(bytes: Uint8Array): LogoMediaType | null {
  const startsWith = (signature: number[], at = 0) => signature.every((byte, index) => bytes[at + index] === byte);
  if (startsWith([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  if (startsWith([0xff, 0xd8, 0xff])) return 'image/jpeg';
  const isWebp = startsWith([0x52, 0x49, 0x46, 0x46]) && startsWith([0x57, 0x45, 0x42, 0x50, 0x56, 0x50], 8);
  return isWebp ? 'image/webp' : null;
}

/** What stands for the tokens `--accent`, `--accent-hover` and `--on-accent` of app/globals.css in one theme. */
export type AccentTokens = { accent: string; hover: string; onAccent: string };

/** `--surface-sunken`, of all surfaces the one that an accent differs from least. */
const NEAREST_SURFACE = { light: [0.958, 0.006, 82], dark: [0.258, 0.008, 62] } as const satisfies Record<
  string,
  Oklch
>;
const MIN_CONTROL_CONTRAST = 3; // WCAG 2.2, 1.4.11
const MIN_TEXT_CONTRAST = 4.5; // WCAG 2.2, 1.4.3

/** A colour as it may stand in light pages: itself, or the nearest one of its hue that is found there. */
export function nearestAccent(hex: string): string {
  return moved(hex, 'light');
}

/**
 * An accent in both themes, each found on its surfaces at 3:1, with text on it that reads at 4.5:1; in dark pages a colour too
 * dark for them is lightened. Null for a colour that light pages cannot bear (`nearestAccent` can be), or that is none.
 */
export function toAccentTokens(hex: string): { light: AccentTokens; dark: AccentTokens } | null {
  if (!isHexColor(hex) || nearestAccent(hex) !== hex) return null;
  return { light: tokensOf(hex), dark: tokensOf(moved(hex, 'dark')) };
}

function tokensOf(accent: string): AccentTokens {
  const onAccent = contrast(parseHex('#ffffff'), parseHex(accent)) >= MIN_TEXT_CONTRAST ? '#ffffff' : '#000000';
  const [lightness, chroma, hue] = toOklch(parseHex(accent));
  const away = onAccent === '#ffffff' ? -0.055 : 0.055; // from the text, so that it reads even better
  return { accent, hover: toHex(fromOklch([Math.min(1, Math.max(0, lightness + away)), chroma, hue])), onAccent };
}

const STEP = 0.004;

function moved(hex: string, theme: 'light' | 'dark'): string {
  const surface = fromOklch(NEAREST_SURFACE[theme]);
  const away = theme === 'light' ? -STEP : STEP;
  const [lightness, chroma, hue] = toOklch(parseHex(hex));
  for (let at = lightness, found = hex; ; at += away, found = toHex(fromOklch([at, chroma, hue]))) {
    if (contrast(parseHex(found), surface) >= MIN_CONTROL_CONTRAST || at < 0 || at > 1) return found;
  }
}
