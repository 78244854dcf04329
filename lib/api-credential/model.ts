import { adminAudience } from '@/lib/project/model/origin';

export const MAX_NAME_LENGTH = 100;

/** Maximum active secrets of a credential. */
export const MAX_SECRETS = 5;

/** Scopes that a credential may be granted. Write does not imply read. */
export const GRANTABLE_SCOPES = [
  'identities:read',
  'identities:write',
  'credentials:read',
  'credentials:write',
  'sessions:read',
  'sessions:write',
  'recovery:write',
  'schemas:write',
  'jobs:read',
  'jobs:write',
  'audit:read',
  'applications:read',
  'applications:write',
  'groups:read',
  'groups:write',
  'webhooks:read',
  'webhooks:write',
] as const;
export type GrantableScope = (typeof GRANTABLE_SCOPES)[number];

/** Named one by one, never by a preset: an application or a webhook sends people's data elsewhere. */
const NAMED_SCOPES: readonly GrantableScope[] = [
  'applications:read',
  'applications:write',
  'groups:read',
  'groups:write',
  'webhooks:read',
  'webhooks:write',
];

/**
 * Predefined scope lists. A credential stores the list, never the preset: a scope added to a preset later is not
 * granted to existing credentials.
 */
export const PRESETS = {
  full: GRANTABLE_SCOPES.filter((scope) => !NAMED_SCOPES.includes(scope)),
  read: ['identities:read', 'credentials:read', 'sessions:read', 'jobs:read', 'audit:read'],
} as const satisfies Record<string, readonly GrantableScope[]>;
export type Preset = keyof typeof PRESETS;

/** The preset that a scope list equals, or `custom`. */
export const PERMISSIONS = ['full', 'read', 'custom'] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** Client authentication at the token endpoint (RFC 7591 §2, `token_endpoint_auth_method`). */
export const AUTH_METHODS = ['client_secret_basic', 'client_secret_post'] as const;
export type AuthMethod = (typeof AUTH_METHODS)[number];

/** An OAuth 2.0 confidential client. Its secrets never leave the repository. */
export type ApiCredential = {
  id: string;
  projectId: string;
  /** Starts with `sc_`, so it cannot be confused with an identity ID (RFC 9700 §4.15). */
  clientId: string;
  name: string;
  authMethod: AuthMethod;
  /** Scopes its tokens may have; never empty. */
  scopes: GrantableScope[];
  /** Allowed audiences in addition to the project's admin API. */
  audiences: string[];
  expiresAt: Date | null;
  revokedAt: Date | null;
  /** Written at most once a minute. */
  lastUsedAt: Date | null;
  lastUsedAddress: string | null;
  createdAt: Date;
  updatedAt: Date;
};

/** The editable fields of a credential. */
export type CredentialSettings = Pick<ApiCredential, 'name' | 'authMethod' | 'scopes' | 'audiences' | 'expiresAt'>;

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

export function isGrantable(scope: unknown): scope is GrantableScope {
  return GRANTABLE_SCOPES.some((item) => item === scope);
}

/** Deduplicates and sorts in the order of `GRANTABLE_SCOPES`, so equal lists serialize equally. */
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

/** A credential's tokens and secrets end with it, at exactly the expiry or revocation time. */
export function stateOf(credential: Pick<ApiCredential, 'expiresAt' | 'revokedAt'>, now: Date): CredentialState {
  if (credential.revokedAt !== null) return 'revoked';
  return credential.expiresAt !== null && credential.expiresAt <= now ? 'expired' : 'active';
}

/**
 * The audiences a token may be requested for. The admin API's comes first and is the default; it derives from the
 * project's origin and is not stored.
 */
export function allowedAudiences(credential: Pick<ApiCredential, 'audiences'>, origin: string): string[] {
  return [...new Set([adminAudience(origin), ...credential.audiences])];
}

/** The `scope` parameter of an example request: `openid` for a preset (all scopes), the full list for a custom one. */
export function exampleScope(scopes: readonly GrantableScope[]): string {
  return permissionOf(scopes) === 'custom' ? scopes.join(' ') : 'openid';
}

export function tokenEndpoint(origin: string): string {
  return `${origin}/oauth2/token`;
}
