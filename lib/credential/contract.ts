import { z } from 'zod';
import type { AuditEvent } from '@/lib/audit/model';
import { toIdentityResponse } from '@/lib/identity/contract';
import { type Passkey, syncState } from './model';
import type { PersonalData } from './service/personal-data';

/**
 * Browser input. Not strict: each WebAuthn level adds members to these objects (L3 §5.1.7), and unread members are
 * harmless. The bounds are far above what any authenticator sends.
 */
const base64url = (maxLength: number) =>
  z
    .string()
    .min(1)
    .max(maxLength)
    .regex(/^[A-Za-z0-9_-]+$/);
/** Values compared as text must use the browsers' encoding: the unused bits of the last character are zero. */
const canonical = (encoded: z.ZodString) =>
  encoded.refine(
    (text) => Buffer.from(text, 'base64url').toString('base64url') === text,
    'must be canonical base64url',
  );

const credential = { id: base64url(8192), rawId: base64url(8192), type: z.literal('public-key') };

/** WebAuthn L3 §5.1.7, RegistrationResponseJSON. */
export const registrationResponse = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(16_384),
    attestationObject: base64url(32_768),
    transports: z
      .array(z.string().regex(/^[\x21-\x7e]{1,32}$/))
      .max(16)
      .default([]),
  }),
});

/** WebAuthn L3 §5.1.7, AuthenticationResponseJSON. */
export const authenticationResponse = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(16_384),
    authenticatorData: base64url(16_384),
    signature: base64url(16_384),
    userHandle: base64url(128).nullish(),
  }),
});

export type AuthenticationResponse = z.output<typeof authenticationResponse>;

/** PATCH …/credentials/passkey/{credentialId}. `toPasskeyName` validates the name. */
export const renamePasskeyBody = z.strictObject({ name: z.string().max(4096) });

/** DELETE …/credentials/{type}: the credential of that type to delete. */
export const credentialQuery = z.object({ identifier: z.array(z.string().max(4096)).max(1).optional() });

/** A passkey in the admin API, without its key material. */
export const passkeyResponse = z
  .object({
    id: z.uuid(),
    type: z.literal('passkey'),
    credential_id: z.string().meta({ description: 'WebAuthn credential ID, base64url.' }),
    name: z.string(),
    aaguid: z.string().meta({ description: 'AAGUID of the authenticator (WebAuthn L3 §6.5.1).' }),
    transports: z.array(z.string()),
    backup_eligible: z.boolean(),
    backup_state: z.boolean(),
    sync_state: z.enum(['synced', 'device']),
    rp_id: z.string().meta({ description: 'Relying party ID (host name).' }),
    created_at: z.iso.datetime(),
    last_used_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Passkey' });

export function toPasskeyResponse(passkey: Passkey): z.output<typeof passkeyResponse> {
  return {
    id: passkey.id,
    type: 'passkey',
    credential_id: passkey.credentialId,
    name: passkey.name,
    aaguid: passkey.aaguid,
    transports: passkey.transports,
    backup_eligible: passkey.isBackupEligible,
    backup_state: passkey.isBackedUp,
    sync_state: syncState(passkey),
    rp_id: passkey.rpId,
    created_at: passkey.createdAt.toISOString(),
    last_used_at: passkey.lastUsedAt?.toISOString() ?? null,
  };
}

const credentialConfig = z
  .object({
    user_handle: z.string(),
    credentials: z.array(
      z.object({
        id: z.string(),
        public_key: z.string().meta({ description: 'COSE key, base64url.' }),
        attestation_type: z.literal('none'),
        display_name: z.string(),
        added_at: z.iso.datetime(),
        is_passwordless: z.literal(true),
        authenticator: z.object({ aaguid: z.string(), sign_count: z.int() }),
        flags: z.object({ backup_eligible: z.boolean(), backup_state: z.boolean() }),
        transport: z.array(z.string()),
        rp_id: z.string().meta({ description: 'Relying party ID (host name).' }),
        last_used_at: z.iso.datetime().nullable(),
      }),
    ),
  })
  .meta({ id: 'PasskeyCredentialConfig', description: 'Only with `include_credential=passkey`.' });

export const credentialsBlockResponse = z
  .object({
    passkey: z
      .object({
        type: z.literal('passkey'),
        identifiers: z.array(z.string()),
        version: z.int(),
        created_at: z.iso.datetime(),
        updated_at: z.iso.datetime(),
        config: credentialConfig.optional(),
      })
      .optional(),
  })
  .meta({ id: 'IdentityCredentials', description: 'Credentials by type; types without a credential are omitted.' });

/**
 * The `credentials` of an identity in Kratos' shape: by type, absent types omitted. `userHandle` is set for
 * `include_credential=passkey` and adds the configuration with the public keys, as in Kratos.
 */
export function toCredentialsBlock(
  passkeys: Passkey[],
  userHandle: string | null,
): z.output<typeof credentialsBlockResponse> {
  const [first] = passkeys;
  if (!first) return {};
  const times = passkeys.map(({ createdAt }) => createdAt.getTime());
  return {
    passkey: {
      type: 'passkey',
      identifiers: passkeys.map(({ credentialId }) => credentialId),
      version: 1,
      created_at: new Date(Math.min(...times)).toISOString(),
      updated_at: new Date(Math.max(...times)).toISOString(),
      ...(userHandle !== null && { config: { user_handle: userHandle, credentials: passkeys.map(toConfig) } }),
    },
  };
}

function toConfig(passkey: Passkey): z.output<typeof credentialConfig>['credentials'][number] {
  return {
    id: passkey.credentialId,
    public_key: Buffer.from(passkey.publicKey).toString('base64url'),
    attestation_type: 'none',
    display_name: passkey.name,
    added_at: passkey.createdAt.toISOString(),
    is_passwordless: true,
    // A 32-bit counter (L3 §6.1) fits a JSON number exactly.
    authenticator: { aaguid: passkey.aaguid, sign_count: Number(passkey.signCount) },
    flags: { backup_eligible: passkey.isBackupEligible, backup_state: passkey.isBackedUp },
    transport: passkey.transports,
    rp_id: passkey.rpId,
    last_used_at: passkey.lastUsedAt?.toISOString() ?? null,
  };
}

const timestamp = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** 1023 bytes (WebAuthn L3 §7.1 step 25) in base64url. */
const MAX_ID_LENGTH = 1364;

/**
 * The import format of the same block: passkeys created elsewhere for the same host name. Not strict, since other
 * programs write additional members. Without `config` there is nothing to import.
 */
export const transferredCredentials = z.object({
  passkey: z
    .object({
      config: z
        .object({
          user_handle: canonical(base64url(128)),
          credentials: z.array(
            z
              .object({
                id: canonical(base64url(MAX_ID_LENGTH)),
                public_key: base64url(8192),
                display_name: z.string().max(256).default(''),
                added_at: timestamp.optional(),
                authenticator: z.object({
                  // 128 vendor-chosen bits (WebAuthn L3 §6.5.1), often not a valid UUID version.
                  aaguid: z.guid().toLowerCase(),
                  sign_count: z.int().min(0).max(0xffff_ffff),
                }),
                flags: z
                  .object({ backup_eligible: z.boolean(), backup_state: z.boolean() })
                  // WebAuthn L3 §6.1.3: sign-in rejects this combination.
                  .refine(
                    (flags) => flags.backup_eligible || !flags.backup_state,
                    'must be backup-eligible to be backed up',
                  ),
                transport: z
                  .array(z.string().regex(/^[\x21-\x7e]{1,32}$/))
                  .max(16)
                  .default([]),
                rp_id: z.string().max(253).optional(),
                last_used_at: timestamp.nullish(),
              })
              .transform((item) => ({
                credentialId: item.id,
                publicKey: new Uint8Array(Buffer.from(item.public_key, 'base64url')),
                signCount: BigInt(item.authenticator.sign_count),
                aaguid: item.authenticator.aaguid,
                transports: item.transport,
                isBackupEligible: item.flags.backup_eligible,
                isBackedUp: item.flags.backup_state,
                rpId: item.rp_id ?? null,
                name: item.display_name || 'Passkey',
                createdAt: item.added_at ?? new Date(),
                lastUsedAt: item.last_used_at ?? null,
              })),
          ),
        })
        .optional(),
    })
    .optional(),
});

/** The account in "Download your data"; the activity follows. */
export function toPersonalDataResponse({ identity, passkeys, sessions }: PersonalData, origin: string) {
  const { metadata_admin: _forOperators, ...profile } = toIdentityResponse(identity, origin);
  return {
    exported_at: new Date(),
    identity: { ...profile, language: identity.locale },
    passkeys: passkeys.map(({ credentialId, name, aaguid, isBackedUp, addedBy, createdAt, lastUsedAt }) => ({
      id: credentialId,
      name,
      aaguid,
      synced: isBackedUp,
      added_by: addedBy,
      created_at: createdAt,
      last_used_at: lastUsedAt,
    })),
    sessions: sessions.map(({ session, device }) => ({
      device,
      address: session.address,
      method: session.method,
      created_at: session.createdAt,
      last_seen_at: session.lastSeenAt,
      expires_at: session.expiresAt,
    })),
  };
}

export function toOwnEventResponse({ type, actorKind, address, details, createdAt }: AuditEvent) {
  return { type, by: actorKind, address, details, created_at: createdAt };
}
