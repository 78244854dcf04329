export const MAX_NAME_LENGTH = 100;
/** Maximum active secrets of an application. */
export const MAX_SECRETS = 5;
export const MAX_OVERLAP_HOURS = 30 * 24;
/** Of redirect URIs, sign-out URIs, audiences and groups, each. */
export const MAX_LISTED = 50;
export const MAX_URI_LENGTH = 2000;

/** `web` keeps a secret on a server; `browser` (a single page) and `native` cannot keep one (RFC 6749 §2.1). */
export const APPLICATION_KINDS = ['web', 'browser', 'native'] as const;
export type ApplicationKind = (typeof APPLICATION_KINDS)[number];

/**
 * Scopes about people, for applications only; API credentials have scopes of their own. `openid` is always among them:
 * without it there is no sign-in (OpenID Connect Core §3.1.2.1).
 */
export const IDENTITY_SCOPES = ['openid', 'profile', 'email', 'groups', 'offline_access'] as const;
export type IdentityScope = (typeof IDENTITY_SCOPES)[number];

export const CONSENTS = ['ask', 'skip'] as const;
export type Consent = (typeof CONSENTS)[number];

/** Who may use it: everybody, or only members of its groups. `groups` without groups admits no one. */
export const ACCESSES = ['everybody', 'groups'] as const;
export type Access = (typeof ACCESSES)[number];

/** What people sign in to: an OpenID Connect relying party. Its secrets never leave the repository. */
export type Application = {
  id: string;
  projectId: string;
  /** Starts with `app_`, so it cannot be confused with an identity or an API credential (RFC 9700 §4.15). */
  clientId: string;
  name: string;
  kind: ApplicationKind;
  /** ID of the template it was created from, or null. */
  template: string | null;
  redirectUris: string[];
  postLogoutRedirectUris: string[];
  /** Receives logout tokens (Back-Channel Logout 1.0 §2.2), or null. */
  logoutUri: string | null;
  /** Where people open it, or null. */
  launchUrl: string | null;
  /** Content hash of its logo, or null. */
  logoHash: string | null;
  scopes: IdentityScope[];
  /** Resources its access tokens may be requested for (RFC 8707), in addition to Signet's own. */
  audiences: string[];
  consent: Consent;
  access: Access;
  requiresPkce: boolean;
  accessTokenSeconds: number;
  /** A refresh token that is not used for this long expires. */
  refreshIdleSeconds: number;
  /** After this long people sign in again. */
  refreshLifetimeSeconds: number;
  disabledAt: Date | null;
  version: number;
  createdAt: Date;
  updatedAt: Date;
};

/** A group whose members may use the application. */
export type AllowedGroup = { id: string; name: string };

/** The editable fields. `groupIds` are the groups that may use it. */
export type ApplicationSettings = Pick<
  Application,
  | 'name'
  | 'redirectUris'
  | 'postLogoutRedirectUris'
  | 'logoutUri'
  | 'launchUrl'
  | 'scopes'
  | 'audiences'
  | 'consent'
  | 'access'
  | 'requiresPkce'
  | 'accessTokenSeconds'
  | 'refreshIdleSeconds'
  | 'refreshLifetimeSeconds'
> & { groupIds: string[] };

/** Metadata of a secret. */
export type SecretPeriod = {
  id: string;
  /** A label, such as the machine that uses the secret. */
  name: string | null;
  createdAt: Date;
  /** Null until a rotation sets it. */
  expiresAt: Date | null;
  /** Written at most once a minute. */
  lastUsedAt: Date | null;
};

const DAY = 24 * 3600;

/** Seconds, inclusive. */
export const LIFETIME_BOUNDS = {
  // APIs that only check signatures notice an end after this long.
  accessTokenSeconds: { min: 60, max: 3600 },
  refreshIdleSeconds: { min: 3600, max: 365 * DAY },
  refreshLifetimeSeconds: { min: 3600, max: 730 * DAY },
} as const;

/** The settings of a new application that names no others. */
export const DEFAULT_SETTINGS: Omit<ApplicationSettings, 'name'> = {
  redirectUris: [],
  postLogoutRedirectUris: [],
  logoutUri: null,
  launchUrl: null,
  scopes: [...IDENTITY_SCOPES],
  audiences: [],
  consent: 'ask',
  access: 'everybody',
  requiresPkce: true,
  accessTokenSeconds: 600,
  refreshIdleSeconds: 30 * DAY,
  refreshLifetimeSeconds: 180 * DAY,
  groupIds: [],
};

/** Public clients (RFC 6749 §2.1) have no secret and always use PKCE (RFC 9700 §2.1.1). */
export function isPublic({ kind }: Pick<Application, 'kind'>): boolean {
  return kind !== 'web';
}

/** Deduplicates and sorts in the order of `IDENTITY_SCOPES`, so that equal lists serialize equally. */
export function inOrder(scopes: readonly string[]): IdentityScope[] {
  return IDENTITY_SCOPES.filter((scope) => scopes.includes(scope));
}

export function settingsOf(application: Application, groups: readonly AllowedGroup[]): ApplicationSettings {
  return {
    name: application.name,
    redirectUris: application.redirectUris,
    postLogoutRedirectUris: application.postLogoutRedirectUris,
    logoutUri: application.logoutUri,
    launchUrl: application.launchUrl,
    scopes: application.scopes,
    audiences: application.audiences,
    consent: application.consent,
    access: application.access,
    requiresPkce: application.requiresPkce,
    accessTokenSeconds: application.accessTokenSeconds,
    refreshIdleSeconds: application.refreshIdleSeconds,
    refreshLifetimeSeconds: application.refreshLifetimeSeconds,
    groupIds: groups.map(({ id }) => id),
  };
}

/** RFC 9110 §8.8.3: a strong validator derived from the version, which every visible change increments. */
export function toEtag({ version }: Pick<Application, 'version'>): string {
  return `"${version}"`;
}

/** The path of its logo on any host of the project, or null. */
export function logoPath({ clientId, logoHash }: Pick<Application, 'clientId' | 'logoHash'>): string | null {
  return logoHash === null ? null : `/branding/application/${clientId}/${logoHash}`;
}
