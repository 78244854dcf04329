export const REGISTRATIONS = ['closed', 'open', 'invitation'] as const;
export type RegistrationMode = (typeof REGISTRATIONS)[number];

export const RECOVERY_CODE_POLICIES = ['off', 'allowed', 'encouraged'] as const;
/** Whether people may create recovery codes and sign in with them. `off` also refuses existing codes. */
export type RecoveryCodePolicy = (typeof RECOVERY_CODE_POLICIES)[number];

/** The algorithms that may sign a project's access tokens; no other is ever verified (RFC 8725 §3.1). */
export const SIGNING_ALGORITHMS = ['ES256', 'RS256'] as const;
export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number];

/** Owns projects; operators have roles in it. */
export type Organization = {
  id: string;
  name: string;
  slug: string;
  /** Its console requires a session opened with a passkey. */
  consoleNeedsPasskey: boolean;
  createdAt: Date;
  updatedAt: Date;
};

/** A tenant. RP ID, issuer and every link come from its primary `origin`, never from a request. */
export type Project = {
  id: string;
  organizationId: string;
  name: string;
  slug: string;
  origin: string;
  registration: RegistrationMode;
  /** A session expires after this idle time. */
  sessionIdleSeconds: number;
  /** A session expires this long after it began, used or not. */
  sessionLifetimeSeconds: number;
  /** `#rrggbb` that replaces the product's accent, or null. */
  accentColor: string | null;
  /** Identifies the logo's bytes; null without a logo. */
  logoHash: string | null;
  /** `Name <address>` of its mails, or null for MAIL_FROM. */
  mailFrom: string | null;
  /** Approval for `mailFrom`; null with a sender: older than approvals. */
  mailFromApproval: (typeof SENDER_APPROVALS)[number] | null;
  /** The algorithm of its next signing key; the current key stays until a rotation. */
  signingAlgorithm: SigningAlgorithm;
  /** Audit events older than this are deleted; null keeps them forever. */
  auditRetentionDays: number | null;
  /** Changes with every change of the project's texts; null: the product's own. */
  textsVersion: string | null;
  recoveryCodes: RecoveryCodePolicy;
  /** An account that its owner deleted is kept for this time, in which signing in brings it back; 0: deleted at once. */
  deletionGraceDays: number;
  /** Deleted identities can be restored for this many days; 0: they are deleted permanently at once. */
  recycleBinDays: number;
  createdAt: Date;
  updatedAt: Date;
  /** WebAuthn L3 §5.4.2: the host name of the primary origin. */
  rpId: string;
};

/** The basis on which a project uses a domain: a DNS record, an installation owner, or the installation's settings. */
export const APPROVALS = ['dns', 'owner', 'settings'] as const;
export type Approval = (typeof APPROVALS)[number];

/** `domain`: the sender's domain is one of the project's own. */
export const SENDER_APPROVALS = [...APPROVALS, 'domain'] as const;

/**
 * An origin that a project serves. Pages are served on the primary origin; the others redirect to it. A null `approval`
 * predates approvals.
 */
export type ProjectOrigin = {
  id: string;
  origin: string;
  isPrimary: boolean;
  approval: Approval | null;
  createdAt: Date;
};

export const CLAIM_KINDS = ['origin', 'sender'] as const;

/**
 * A domain or sender that a project has requested but not proven: it is not served and does not block other projects.
 */
export type DomainClaim = {
  id: string;
  projectId: string;
  kind: (typeof CLAIM_KINDS)[number];
  /** The origin, or `Name <address>`. */
  value: string;
  /** The host name whose DNS must contain the record. */
  domain: string;
  token: string;
  createdAt: Date;
};

/** In use without an approval: older than approvals. */
export type Unreviewed = Pick<DomainClaim, 'kind' | 'projectId' | 'value'>;

/** The number of rows deleted with a project. */
export type ProjectContents = { identities: number; passkeys: number; sessions: number; apiCredentials: number };

export const MAX_NAME_LENGTH = 100;

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;
export const SESSION_BOUNDS = {
  idle: { min: 5 * MINUTE, max: 365 * DAY },
  lifetime: { min: 15 * MINUTE, max: 365 * DAY },
} as const;

/** In days. A shorter retention would let an admin hide their own actions before review. */
export const AUDIT_RETENTION_BOUNDS = { min: 30, max: 3650 } as const;

/** In days. GDPR Art. 12(3): a request for erasure is acted on within one month. */
export const DELETION_GRACE_BOUNDS = { min: 0, max: 30 } as const;
/** In days. */
export const RECYCLE_BIN_BOUNDS = { min: 0, max: 365 } as const;

/** Settings of a new project. */
export const FIRST_SETTINGS = {
  registration: 'closed',
  sessionIdleSeconds: 7 * DAY,
  sessionLifetimeSeconds: 30 * DAY,
  signingAlgorithm: 'ES256',
  auditRetentionDays: null,
  recoveryCodes: 'allowed',
  deletionGraceDays: 7,
  recycleBinDays: 30,
} as const satisfies Partial<Project>;
