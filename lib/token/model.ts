import {
  type ApiCredential,
  allowedAudiences,
  GRANTABLE_SCOPES,
  type GrantableScope,
} from '@/lib/api-credential/model';
import type { SigningAlgorithm } from '@/lib/project/model';

/** What an access token may do. `openid` is accepted for the sake of clients that ask for it; there is no ID token. */
export const SCOPES = ['openid', ...GRANTABLE_SCOPES] as const;

export type Scope = (typeof SCOPES)[number];

/** Whether a credential with these scopes may ask for `scope`. */
export function isAllowedScope(scope: string, allowed: readonly GrantableScope[]): scope is Scope {
  return scope === 'openid' || allowed.some((each) => each === scope);
}

/**
 * What a token may do now: the scopes it carries that its credential (`allowed`) still has. `openid` alone means all of the
 * credential's scopes; beside others it means nothing.
 */
export function effectiveScopes(carried: readonly string[], allowed: readonly GrantableScope[]): Set<Scope> {
  const named = carried.filter((scope) => scope !== 'openid');
  if (named.length === 0) return new Set(carried.includes('openid') ? allowed : []);
  return new Set(allowed.filter((scope) => named.includes(scope)));
}

/**
 * `next` is published but does not sign yet, `current` signs, `retired` signed what may still be valid. `revoked` is trusted no
 * more, nor anything that it signed.
 */
export const SIGNING_KEY_STATES = ['next', 'current', 'retired', 'revoked'] as const;
export type SigningKeyState = (typeof SIGNING_KEY_STATES)[number];

export type SigningKey = {
  kid: string;
  projectId: string;
  algorithm: SigningAlgorithm;
  state: SigningKeyState;
  publicJwk: Record<string, unknown>;
  /** Encrypted. */
  sealedPrivateJwk: string;
  createdAt: Date;
  activatedAt: Date | null;
  retiredAt: Date | null;
};

/** One that our key set shows. */
export type PublishedKey = SigningKey & { state: Exclude<SigningKeyState, 'revoked'> };

export function isPublished(key: SigningKey): key is PublishedKey {
  return key.state !== 'revoked';
}

/** How long a token holds at most. */
export const LIFETIME_SECONDS = 3600;

/** How long programs may keep our key set. A next key is published at least this long before it signs. */
export const KEY_SET_MAX_AGE_SECONDS = 300;

/** A key that has signed for this long is replaced by itself. */
export const MAX_SIGNING_DAYS = 90;

/** How long a retired key is still published and verified: longer than any token that it can have signed. */
export const RETIREMENT_SECONDS = 2 * LIFETIME_SECONDS;

/**
 * Whose key and which one in the order of the project's keys: two processes that make the same key at the same time make the
 * same id, and the primary key lets one of them win.
 */
export function kidOf(projectId: string, generation: number): string {
  return `${projectId}-${generation}`;
}

export function generationOf(kid: string): number {
  return Number(kid.slice(kid.lastIndexOf('-') + 1));
}

/**
 * From when on everybody who keeps our key set knows the next key, so that it may sign: at once when it was published together
 * with the current one, because there never was a key set without it.
 */
export function signsFrom(next: SigningKey, current: SigningKey): Date {
  const publishedAt = next.createdAt.getTime();
  const isAsOld = publishedAt === current.createdAt.getTime();
  return new Date(isAsOld ? publishedAt : publishedAt + KEY_SET_MAX_AGE_SECONDS * 1000);
}

/** RFC 9068 §2.2. Times are whole seconds since 1970. */
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
};

/**
 * Why a token with a good signature is not good here and now, or null. There is no leeway: we are the only clock.
 * Without an audience it is asked for no place in particular. `now` is in milliseconds.
 */
export function claimFault(
  claims: AccessTokenClaims,
  expected: { issuer: string; audience?: string },
  now: number,
): string | null {
  if (claims.iss !== expected.issuer) return 'issuer'; // RFC 9068 §4
  if (expected.audience !== undefined && !claims.aud.includes(expected.audience)) return 'audience'; // RFC 7519 §4.1.3
  if (claims.sub !== claims.client_id) return 'subject'; // RFC 9068 §2.2: no resource owner is involved
  if (now >= claims.exp * 1000) return 'expired'; // RFC 7519 §4.1.4: on or after
  if (now < claims.nbf * 1000) return 'not yet valid'; // RFC 7519 §4.1.5
  return null;
}

/**
 * What a token still says of scope and audience at this moment: what it carries, as far as its credential still goes. Once all
 * the others are gone `openid` goes too, because alone it would mean all that the credential may do.
 */
export function remainingClaims(
  claims: AccessTokenClaims,
  credential: ApiCredential,
  origin: string,
): AccessTokenClaims {
  const audiences = allowedAudiences(credential, origin);
  const carried = claims.scope.split(' ');
  const holds = effectiveScopes(carried, credential.scopes).size > 0;
  const scopes = carried.filter((scope) => holds && isAllowedScope(scope, credential.scopes));
  return { ...claims, aud: claims.aud.filter((audience) => audiences.includes(audience)), scope: scopes.join(' ') };
}
