import type { Application, IdentityScope } from '@/lib/application/model';
import type { Session } from '@/lib/session/model';

/** OpenID Connect Core §3.1.2.1. */
export const PROMPTS = ['none', 'login', 'consent', 'select_account'] as const;
export type Prompt = (typeof PROMPTS)[number];

/** How long a request waits for a sign-in or consent. */
export const REQUEST_SECONDS = 10 * 60;
/** RFC 9126 §2.2. */
export const PUSHED_SECONDS = 90;
/** ASVS 10.4.3. */
export const CODE_SECONDS = 60;
/** How long a code is kept after it expires, so that a second use is noticed. */
export const CODE_RETENTION_SECONDS = 10 * 60;
/** The previous refresh token still works for this long: its answer may be lost, or two tabs refresh at once. */
export const REFRESH_LEEWAY_SECONDS = 10;

/** RFC 9126 §2.2. The ID follows. */
export const REQUEST_URI_PREFIX = 'urn:ietf:params:oauth:request_uri:';

/** An authorization request that passed the checks that need no person. */
export type AuthorizationRequest = {
  redirectUri: string;
  state: string | null;
  nonce: string | null;
  scopes: IdentityScope[];
  /** Empty: the issuer. */
  audiences: string[];
  /** S256 (RFC 7636); null only where the application needs none. */
  challenge: string | null;
  prompts: readonly Prompt[];
  maxAgeSeconds: number | null;
  loginHint: string | null;
  uiLocales: readonly string[];
  idTokenHint: string | null;
};

/** A stored one: it waits for a sign-in or consent, or was pushed. */
export type StoredRequest = {
  /** Hash of the ID in the URL. */
  id: string;
  projectId: string;
  applicationId: string;
  /** As sent. */
  parameters: Parameters;
  isPushed: boolean;
  /** Null until a browser presents it. */
  browserHash: string | null;
  /** Since when the person must have authenticated; null: not asked. */
  askedAt: Date | null;
  /** Identity that consented, and its epoch at that time. */
  allowedBy: string | null;
  allowedEpoch: number | null;
  deniedAt: Date | null;
  createdAt: Date;
  expiresAt: Date;
};

/** Names and values in their order. */
export type Parameters = ReadonlyArray<readonly [name: string, value: string]>;

/** RFC 6749 §4.1.2.1, OpenID Connect Core §3.1.2.6, RFC 8707 §2. */
export type AuthorizationErrorCode =
  | 'invalid_request'
  | 'unauthorized_client'
  | 'access_denied'
  | 'unsupported_response_type'
  | 'invalid_scope'
  | 'invalid_target'
  | 'login_required'
  | 'consent_required'
  | 'request_not_supported'
  | 'request_uri_not_supported'
  | 'registration_not_supported';

/** A refusal that the application learns. `description` is ASCII, for its developer. */
export type AuthorizationFault = { error: AuthorizationErrorCode; description: string };

/** A refusal that only the person learns: the sender is unknown (RFC 6749 §4.1.2.1, RFC 9700 §4.11). */
export type PageFault =
  | 'unknown_application'
  | 'application_disabled'
  | 'redirect_uri_missing'
  | 'redirect_uri_unknown'
  | 'request_expired'
  | 'other_browser';

/** What a person allowed an application. */
export type Grant = {
  id: string;
  projectId: string;
  applicationId: string;
  identityId: string;
  scopes: string[];
  createdAt: Date;
  updatedAt: Date;
};

/** A grant with its application, for lists. */
export type ListedGrant = Grant & {
  application: Pick<Application, 'id' | 'clientId' | 'name' | 'launchUrl' | 'logoHash' | 'disabledAt'>;
  /** The last sign-in or refresh; null: none is on record. */
  lastUsedAt: Date | null;
};

export type AuthorizationCode = {
  hash: string;
  projectId: string;
  applicationSessionId: string;
  redirectUri: string;
  challenge: string | null;
  nonce: string | null;
  scopes: string[];
  audiences: string[];
  createdAt: Date;
  expiresAt: Date;
  consumedAt: Date | null;
  familyId: string | null;
};

/** What came of one code: its access tokens and its chain of refresh tokens. */
export type TokenFamily = {
  id: string;
  projectId: string;
  applicationSessionId: string;
  scopes: string[];
  audiences: string[];
  isOffline: boolean;
  /** Number of the valid refresh token. */
  generation: number;
  salt: string;
  rotatedAt: Date | null;
  idleEndsAt: Date;
  endsAt: Date;
  endedAt: Date | null;
  createdAt: Date;
};

/**
 * Whether the person must authenticate anew: by `prompt`, by `max_age`, or because another person is meant. A sign-in
 * since `askedAt` answers the request.
 */
export function needsAuthentication(
  request: Pick<AuthorizationRequest, 'prompts' | 'maxAgeSeconds'>,
  askedAt: Date | null,
  { authenticatedAt }: Pick<Session, 'authenticatedAt'>,
  { isOtherPerson = false, now = new Date() } = {},
): boolean {
  if (askedAt !== null && authenticatedAt >= askedAt) return false;
  if (isOtherPerson || request.prompts.includes('login') || request.prompts.includes('select_account')) return true;
  const { maxAgeSeconds } = request;
  return maxAgeSeconds !== null && now.getTime() - authenticatedAt.getTime() >= maxAgeSeconds * 1000;
}

/**
 * Whether the person must be asked. Another application can claim a custom scheme or a loopback port, so those are asked
 * each time (RFC 8252 §8.6).
 */
export function needsConsent(
  application: Pick<Application, 'kind' | 'consent'>,
  request: Pick<AuthorizationRequest, 'prompts' | 'redirectUri' | 'scopes'>,
  allowed: readonly string[] | null,
): boolean {
  if (request.prompts.includes('consent')) return true;
  if (application.kind === 'native' && !request.redirectUri.startsWith('https:')) return true;
  if (application.consent === 'skip') return false;
  return allowed === null || !request.scopes.every((scope) => allowed.includes(scope));
}

/** The address of the answer: `redirectUri` keeps its query (RFC 6749 §3.1.2). */
export function answerUrl(redirectUri: string, answer: Record<string, string | null>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(answer)) if (value !== null) query.set(name, value);
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${query}`;
}

/** The host that receives the answer, as a person reads it; the scheme of a native application. */
export function destinationOf(redirectUri: string): string {
  const { host, protocol } = new URL(redirectUri);
  return host === '' || !/^https?:$/.test(protocol) ? protocol : host;
}

/**
 * Whether a redirect URI is within the organization: on the project's host, below it, or beside it below the same
 * parent domain. Other applications are shown with their host.
 */
export function isOwnHost(redirectUri: string, origin: string): boolean {
  const { hostname, protocol } = new URL(redirectUri);
  if (protocol !== 'https:' && protocol !== 'http:') return false;
  const own = new URL(origin).hostname;
  const parent = own.split('.').slice(1).join('.');
  const isBelow = (domain: string) => hostname === domain || hostname.endsWith(`.${domain}`);
  return isBelow(own) || (parent.includes('.') && isBelow(parent));
}

/** The page that asks for a sign-in, then for consent. `id` is the one of the URL. */
export const signInPath = (id: string) => `/login?${new URLSearchParams({ request: id })}`;
export const consentPath = (id: string) => `/authorize?${new URLSearchParams({ request: id })}`;
/** The only page from which a sign-in or consent reaches the authorization endpoint. */
export const continuePath = (id: string) => `/login/continue?${new URLSearchParams({ request: id })}`;

/** The ID of a stored request in a return path of the sign-in, or null. */
export function requestIdOf(returnTo: string | null): string | null {
  const query = /^\/login\/continue\?(.+)$/.exec(returnTo ?? '')?.[1];
  return query === undefined ? null : new URLSearchParams(query).get('request');
}

/** The address of the authorization endpoint at which a stored request continues. */
export function resumePath(clientId: string, id: string): string {
  return `/oauth2/auth?${new URLSearchParams({ client_id: clientId, request_uri: `${REQUEST_URI_PREFIX}${id}` })}`;
}
