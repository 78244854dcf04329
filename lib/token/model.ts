import {
  type ApiCredential,
  allowedAudiences,
  GRANTABLE_SCOPES,
  type GrantableScope,
} from '@/lib/api-credential/model';
import type { SigningAlgorithm } from '@/lib/project/model';

/** Scopes of an access token. `openid` is accepted for clients that request it; there is no ID token. */
export const SCOPES = ['openid', ...GRANTABLE_SCOPES] as const;

export type Scope = (typeof SCOPES)[number];

/** Whether a credential with the scopes `allowed` may request `scope`. */
export function isAllowedScope(scope: string, allowed: readonly GrantableScope[]): scope is Scope {
  return scope === 'openid' || allowed.some((item) => item === scope);
}

/**
 * The effective scopes of a token: those it carries that its credential (`allowed`) still has. `openid` alone grants
 * all scopes of the credential; next to others it grants nothing.
 */
export function effectiveScopes(carried: readonly string[], allowed: readonly GrantableScope[]): Set<Scope> {
  const named = carried.filter((scope) => scope !== 'openid');
  if (named.length === 0) return new Set(carried.includes('openid') ? allowed : []);
  return new Set(allowed.filter((scope) => named.includes(scope)));
}

/**
 * `next` is published but does not sign yet, `current` signs, `retired` still verifies unexpired tokens. `revoked` and
 * the tokens it signed are no longer trusted.
 */
export const SIGNING_KEY_STATES = ['next', 'current', 'retired', 'revoked'] as const;
export type SigningKeyState = (typeof SIGNING_KEY_STATES)[number];

/**
 * A project has a series of keys per purpose, each with states and rotation of its own. ID tokens and logout tokens are
 * signed with RS256, the only algorithm every relying party supports (OpenID Connect Core §15.1).
 */
export const SIGNING_PURPOSES = ['access_token', 'id_token'] as const;
export type SigningPurpose = (typeof SIGNING_PURPOSES)[number];

export const ID_TOKEN_ALGORITHM: SigningAlgorithm = 'RS256';

export type KeySeries = { projectId: string; purpose: SigningPurpose };

export function accessTokenKeys(projectId: string): KeySeries {
  return { projectId, purpose: 'access_token' };
}

export function idTokenKeys(projectId: string): KeySeries {
  return { projectId, purpose: 'id_token' };
}

export type SigningKey = {
  kid: string;
  projectId: string;
  purpose: SigningPurpose;
  algorithm: SigningAlgorithm;
  state: SigningKeyState;
  publicJwk: Record<string, unknown>;
  /** Encrypted. */
  sealedPrivateJwk: string;
  createdAt: Date;
  activatedAt: Date | null;
  retiredAt: Date | null;
};

export function seriesOf({ projectId, purpose }: SigningKey): KeySeries {
  return { projectId, purpose };
}

/** A key in the published key set. */
export type PublishedKey = SigningKey & { state: Exclude<SigningKeyState, 'revoked'> };

export function isPublished(key: SigningKey): key is PublishedKey {
  return key.state !== 'revoked';
}

/** Maximum lifetime of a token. */
export const LIFETIME_SECONDS = 3600;

/** How long clients may cache the key set. A `next` key is published at least this long before it signs. */
export const KEY_SET_MAX_AGE_SECONDS = 300;

/** A key is rotated automatically after signing for this long. */
export const MAX_SIGNING_DAYS = 90;

/** How long a retired key is published and verifies tokens: longer than the lifetime of any token it signed. */
export const RETIREMENT_SECONDS = 2 * LIFETIME_SECONDS;

/**
 * Key ID from the project and the key's position in its series: processes that concurrently create the same key use the
 * same ID, and the primary key lets one of them win.
 */
export function kidOf({ projectId, purpose }: KeySeries, generation: number): string {
  return purpose === 'id_token' ? `${projectId}-id-${generation}` : `${projectId}-${generation}`;
}

export function generationOf(kid: string): number {
  return Number(kid.slice(kid.lastIndexOf('-') + 1));
}

/**
 * When the next key may sign: once every cached key set contains it. Immediately if it was published together with the
 * current key, because no key set without it exists.
 */
export function signsFrom(next: SigningKey, current: SigningKey): Date {
  const publishedAt = next.createdAt.getTime();
  const isSameAge = publishedAt === current.createdAt.getTime();
  return new Date(isSameAge ? publishedAt : publishedAt + KEY_SET_MAX_AGE_SECONDS * 1000);
}

/** RFC 9068 §2.2. Times are whole seconds since 1970. `sid`: of a person's token. */
export type AccessTokenClaims = {
  iss: string;
  sub: string;
  aud: string[];
  exp: number;
  iat: number;
  nbf: number;
  jti: string;
  client_id: string;
  scope: string;
  sid?: string | undefined;
};

/**
 * Why the claims of a signed token are invalid, or null. No clock leeway: Signet both issues and verifies. Without
 * `expected.audience` the audience is not checked. `now` is in milliseconds.
 */
export function claimFault(
  claims: AccessTokenClaims,
  expected: { issuer: string; audience?: string },
  now: number,
): string | null {
  if (claims.sub !== claims.client_id) return 'subject'; // RFC 9068 §2.2: no resource owner is involved
  return sharedFault(claims, expected, now);
}

/** As `claimFault`, for a token issued to an application for a person. */
export function personClaimFault(claims: AccessTokenClaims, expected: { issuer: string }, now: number): string | null {
  if (claims.sub === claims.client_id || claims.sid === undefined) return 'subject';
  return sharedFault(claims, expected, now);
}

function sharedFault(
  claims: AccessTokenClaims,
  expected: { issuer: string; audience?: string },
  now: number,
): string | null {
  if (claims.iss !== expected.issuer) return 'issuer'; // RFC 9068 §4
  if (expected.audience !== undefined && !claims.aud.includes(expected.audience)) return 'audience'; // RFC 7519 §4.1.3
  if (now >= claims.exp * 1000) return 'expired'; // RFC 7519 §4.1.4: on or after
  if (now < claims.nbf * 1000) return 'not yet valid'; // RFC 7519 §4.1.5
  return null;
}

/** The token family in the `jti` of a person's token, `<family ID>.<random>`, or null. */
export function familyIdOf({ jti }: Pick<AccessTokenClaims, 'jti'>): string | null {
  const dot = jti.indexOf('.');
  return dot > 0 ? jti.slice(0, dot) : null;
}

export const ID_TOKEN_SECONDS = 3600;

/** Back-Channel Logout §4: a logout token is short-lived, to prevent that a leaked one is used later. */
export const LOGOUT_TOKEN_SECONDS = 120;
export const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/** What the tokens of a person for an application are made of. `claims`: those about the person. */
export type PersonGrant = {
  application: { clientId: string; accessTokenSeconds: number };
  applicationSession: { id: string; identityId: string; authenticatedAt: Date; method: string };
  /** No audiences: the issuer. */
  family: { id: string; audiences: readonly string[] };
  scopes: readonly string[];
  nonce?: string | null;
  claims: Readonly<Record<string, unknown>>;
};

/** Methods with a passkey; the set-up of the first operator registers one. */
const PASSKEY_METHODS = ['passkey', 'setup'];

/**
 * When and how the person authenticated. `phr` is phishing-resistant (EAP ACR Values §2); a passkey proves possession,
 * presence and a second factor (RFC 8176 §2). All other methods are a code or link in a mail.
 */
export function authenticationClaims({
  authenticatedAt,
  method,
}: Pick<PersonGrant['applicationSession'], 'authenticatedAt' | 'method'>) {
  const authTime = Math.floor(authenticatedAt.getTime() / 1000);
  return PASSKEY_METHODS.includes(method)
    ? { auth_time: authTime, acr: 'phr', amr: ['pop', 'user', 'mfa'] }
    : { auth_time: authTime, acr: undefined, amr: ['otp'] };
}

/**
 * The claims with scope and audience reduced to what the credential still allows. When no other scope remains, `openid`
 * is removed too, because alone it would grant all scopes of the credential.
 */
export function remainingClaims(
  claims: AccessTokenClaims,
  credential: ApiCredential,
  origin: string,
): AccessTokenClaims {
  const audiences = allowedAudiences(credential, origin);
  const carried = claims.scope.split(' ');
  const hasEffectiveScope = effectiveScopes(carried, credential.scopes).size > 0;
  const scopes = carried.filter((scope) => hasEffectiveScope && isAllowedScope(scope, credential.scopes));
  return { ...claims, aud: claims.aud.filter((audience) => audiences.includes(audience)), scope: scopes.join(' ') };
}
