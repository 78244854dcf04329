export const REGISTRATIONS = ['closed', 'open', 'invitation'] as const;
export type RegistrationMode = (typeof REGISTRATIONS)[number];

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
  registration: RegistrationMode;
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
  mailFromApproval: (typeof SENDER_APPROVALS)[number] | null;
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
export const APPROVALS = ['dns', 'owner', 'settings'] as const;
export type Approval = (typeof APPROVALS)[number];

/** `domain`: the sender's domain is one of the project's own. */
export const SENDER_APPROVALS = [...APPROVALS, 'domain'] as const;

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

export const CLAIM_KINDS = ['origin', 'sender'] as const;

/** A domain or sender that a project wants to use and may not yet: it is not served and does not block other projects. */
export type DomainClaim = {
  id: string;
  projectId: string;
  kind: (typeof CLAIM_KINDS)[number];
  /** The origin, or `Name <address>`. */
  value: string;
  /** The host name whose DNS proves it. */
  domain: string;
  token: string;
  createdAt: Date;
};

/** In use without an approval: it is older than approvals. */
export type Unreviewed = Pick<DomainClaim, 'kind' | 'projectId' | 'value'>;

/** How much goes with a project. */
export type ProjectContents = { identities: number; passkeys: number; sessions: number; apiCredentials: number };

export const MAX_NAME_LENGTH = 100;

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
