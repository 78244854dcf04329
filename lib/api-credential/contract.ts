import { z } from 'zod';
import { nameFault } from '@/lib/platform/text';
import { adminAudience } from '@/lib/project/model/origin';
import {
  type ApiCredential,
  AUTH_METHODS,
  allowedAudiences,
  GRANTABLE_SCOPES,
  inOrder,
  MAX_NAME_LENGTH,
  PRESETS,
  permissionOf,
  type SecretPeriod,
  stateOf,
  tokenEndpoint,
} from './model';

const name = z
  .string()
  .trim()
  .refine((value) => nameFault(value) !== 'empty', 'A name is required')
  .max(MAX_NAME_LENGTH, `The name must not exceed ${MAX_NAME_LENGTH} characters`)
  .refine((value) => nameFault(value) !== 'unreadable', 'The name contains characters that cannot be displayed');

/** RFC 8707 §2: an absolute URI without a fragment. No spaces, because a request may list several. */
const audience = z
  .string()
  .max(300)
  .refine(
    (value) => /^[!-~]+$/.test(value) && !value.includes('#') && URL.canParse(value),
    'An audience must be an absolute URI without a fragment',
  );

/** RFC 3339 years have four digits. */
const END_OF_TIME = Date.UTC(10_000, 0);

const expiresAt = z
  .date()
  .nullable()
  .refine((value) => value === null || value.getTime() > Date.now(), 'The expiry must be in the future')
  .refine((value) => value === null || value.getTime() < END_OF_TIME, 'The expiry must be before the year 10000');

const scopes = z.array(z.enum(GRANTABLE_SCOPES)).min(1, 'At least one scope is required').max(100).transform(inOrder);
const audiences = z.array(audience).max(20);
/** Label of a secret. */
export const secretName = name.nullable().default(null);

/** Input for a new credential. */
export const newApiCredential = z.strictObject({
  name,
  authMethod: z.enum(AUTH_METHODS).default('client_secret_basic'),
  scopes: scopes.default([...PRESETS.full]),
  audiences: audiences.default([]),
  expiresAt: expiresAt.default(null),
  secretName,
});

/** Input for a change; absent fields are unchanged. */
export const apiCredentialChange = z.strictObject({
  name: name.optional(),
  authMethod: z.enum(AUTH_METHODS).optional(),
  scopes: scopes.optional(),
  audiences: audiences.optional(),
  expiresAt: expiresAt.optional(),
});

export type NewApiCredential = z.input<typeof newApiCredential>;
export type ApiCredentialChange = z.input<typeof apiCredentialChange>;

/** Everything a client needs to request a token. The only response that contains the secret. */
export function toSecretResponse(credential: ApiCredential, clientSecret: string, origin: string) {
  return {
    client_id: credential.clientId,
    client_secret: clientSecret,
    token_endpoint: tokenEndpoint(origin),
    audience: adminAudience(origin),
    token_endpoint_auth_method: credential.authMethod,
  };
}

export function toApiCredentialResponse(credential: ApiCredential, now: Date) {
  return {
    client_id: credential.clientId,
    name: credential.name,
    token_endpoint_auth_method: credential.authMethod,
    permission: permissionOf(credential.scopes),
    scopes: credential.scopes,
    state: stateOf(credential, now),
    created_at: credential.createdAt.toISOString(),
    expires_at: credential.expiresAt?.toISOString() ?? null,
    revoked_at: credential.revokedAt?.toISOString() ?? null,
    last_used_at: credential.lastUsedAt?.toISOString() ?? null,
    last_used_address: credential.lastUsedAddress,
  };
}

/** A credential in a list, with its allowed audiences and active secrets. */
export function toListedCredential(
  credential: ApiCredential,
  secrets: readonly SecretPeriod[],
  { origin, now }: { origin: string; now: Date },
) {
  return {
    ...toApiCredentialResponse(credential, now),
    audiences: allowedAudiences(credential, origin),
    secrets: secrets.map(toSecretPeriodResponse),
  };
}

export function toSecretPeriodResponse({ id, name, createdAt, expiresAt, lastUsedAt }: SecretPeriod) {
  return {
    id,
    name,
    created_at: createdAt.toISOString(),
    expires_at: expiresAt?.toISOString() ?? null,
    last_used_at: lastUsedAt?.toISOString() ?? null,
  };
}
