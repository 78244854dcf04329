import { adminAudience } from '@/lib/project/model/origin';

export const MAX_NAME_LENGTH = 100;

/** How many secrets of a credential may work at the same time. */
export const MAX_SECRETS = 5;

/** What a credential may be granted, scope by scope. Write does not imply read. */
export const GRANTABLE_SCOPES = [
  'identities:read',
  'identities:write',
  'credentials:read',
  'credentials:write',
  'sessions:read',
  'sessions:write',
  'recovery:write',
  'schemas:write',
  'audit:read',
] as const;
export type GrantableScope = (typeof GRANTABLE_SCOPES)[number];

/**
 * Fill the list of scopes when chosen. A credential stores the list, never the preset: a scope that a preset gains later
 * joins no existing credential.
 */
export const PRESETS = {
  full: GRANTABLE_SCOPES,
  read: ['identities:read', 'credentials:read', 'sessions:read', 'audit:read'],
} as const satisfies Record<string, readonly GrantableScope[]>;
export type Preset = keyof typeof PRESETS;

/** A list of scopes in one word: the preset it equals, or `custom`. */
export const PERMISSIONS = ['full', 'read', 'custom'] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** How the client proves who it is at the token endpoint (RFC 7591 §2, `token_endpoint_auth_method`). */
export const AUTH_METHODS = ['client_secret_basic', 'client_secret_post'] as const;
export type AuthMethod = (typeof AUTH_METHODS)[number];

/** An OAuth 2.0 confidential client. Its secrets never leave the repository. */
export type ApiCredential = {
  id: string;
  projectId: string;
  /** Begins with `sc_`: never to be taken for an identity's id (RFC 9700 §4.15). */
  clientId: string;
  name: string;
  authMethod: AuthMethod;
  /** What its tokens may do; never empty. */
  scopes: GrantableScope[];
  /** Audiences its tokens may be for, beside the admin API of its project. */
  audiences: string[];
  expiresAt: Date | null;
  revokedAt: Date | null;
  /** Written at most once a minute. */
  lastUsedAt: Date | null;
  lastUsedAddress: string | null;
  createdAt: Date;
  updatedAt: Date;
};

/** What may be changed of a credential. */
export type CredentialSettings = Pick<ApiCredential, 'name' | 'authMethod' | 'scopes' | 'audiences' | 'expiresAt'>;

/** The life of a secret, without the secret. */
export type SecretPeriod = {
  id: string;
  /** What somebody called it, such as the machine that holds it. */
  name: string | null;
  createdAt: Date;
  /** Null unless a rotation has given it an end. */
  expiresAt: Date | null;
  /** Written at most once a minute. */
  lastUsedAt: Date | null;
};

export function isGrantable(scope: unknown): scope is GrantableScope {
  return GRANTABLE_SCOPES.some((known) => known === scope);
}

/** Each once, in the order of `GRANTABLE_SCOPES`, so that equal lists are equal text. */
export function inOrder(scopes: readonly GrantableScope[]): GrantableScope[] {
  return GRANTABLE_SCOPES.filter((scope) => scopes.includes(scope));
}

export function isPreset(word: string): word is Preset {
  return Object.hasOwn(PRESETS, word);
}

export function permissionOf(scopes: readonly GrantableScope[]): Permission {
  const listed = inOrder(scopes).join(' ');
  if (listed === PRESETS.full.join(' ')) return 'full';
  return listed === PRESETS.read.join(' ') ? 'read' : 'custom';
}

export type CredentialState = 'active' | 'expired' | 'revoked';

/** Tokens and secrets of a credential are over with it, from this very moment on. */
export function stateOf(credential: Pick<ApiCredential, 'expiresAt' | 'revokedAt'>, now: Date): CredentialState {
  if (credential.revokedAt !== null) return 'revoked';
  return credential.expiresAt !== null && credential.expiresAt <= now ? 'expired' : 'active';
}

/**
 * What a token may be asked for. The admin API's audience comes first and is the default; it follows the project's origin
 * and is therefore not stored.
 */
export function allowedAudiences(credential: Pick<ApiCredential, 'audiences'>, origin: string): string[] {
  return [...new Set([adminAudience(origin), ...credential.audiences])];
}

/**
 * The `scope` parameter of an example request: `openid` means the whole stored list, a custom list is named.
 */
export function exampleScope(scopes: readonly GrantableScope[]): string {
  return permissionOf(scopes) === 'custom' ? scopes.join(' ') : 'openid';
}

export function tokenEndpoint(origin: string): string {
  return `${origin}/oauth2/token`;
}
