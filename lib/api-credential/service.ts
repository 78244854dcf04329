import type { z } from 'zod';
import { diffJson } from '@/lib/audit/model';
import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { mergeEdit } from '@/lib/platform/edit';
import { AppError, type Violation } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { checkInput } from '@/lib/platform/input';
import type { JsonObject } from '@/lib/platform/json';
import {
  type ApiCredentialChange,
  apiCredentialChange,
  type NewApiCredential,
  newApiCredential,
  secretName,
} from './contract';
import { type ApiCredential, type CredentialSettings, inOrder, MAX_SECRETS, type SecretPeriod, stateOf } from './model';
import * as rows from './repository';
import { hashSecret, newClientId, newClientSecret } from './secret';

export {
  countApiCredentials,
  countUsableCredentials,
  findApiCredential,
  listApiCredentials,
  listSecretPeriods,
  listSecretsOf,
} from './repository';
export { authenticateClient, type ClientProof, type ClientRefusal, rememberUse } from './service/authenticate';

/** The secret stands here once and nowhere else: only its hash is stored. */
export type WithSecret = { credential: ApiCredential; clientSecret: string };

export const MAX_OVERLAP_HOURS = 30 * 24;

/** Refuses: `not_found`, also for another project's. */
export async function getApiCredential(projectId: string, clientId: string, tx?: Tx): Promise<ApiCredential> {
  const credential = await rows.findApiCredential(projectId, clientId, tx);
  if (!credential) throw new AppError('not_found', { reason: 'There is no API credential with this client id' });
  return credential;
}

/** Makes a credential with its first secret. Refuses: `invalid_input`. */
export async function createApiCredential(actor: Actor, input: NewApiCredential): Promise<WithSecret> {
  const { secretName: calledSo, ...settings } = parsed(newApiCredential, input);
  const now = new Date();
  const clientSecret = newClientSecret();
  const credential: ApiCredential = {
    id: newId(),
    projectId: actor.projectId,
    clientId: newClientId(),
    ...settings,
    revokedAt: null,
    lastUsedAt: null,
    lastUsedAddress: null,
    createdAt: now,
    updatedAt: now,
  };
  await transaction(async (tx) => {
    await rows.insertApiCredential(tx, credential);
    await rows.insertSecret(tx, credential.id, { hash: hashSecret(clientSecret), name: calledSo, now });
    await recordEvent(tx, actor, {
      type: 'api_credential.created',
      details: { client_id: credential.clientId, changes: diffJson({}, visible(credential)) },
    });
  });
  return { credential, clientSecret };
}

/**
 * Renames a credential or changes its method, scopes, audiences or expiry. Tokens out there follow at their next call. `seen` is
 * what somebody looked at when they decided: a field that another one changed meanwhile is neither overwritten nor lost.
 * Refuses: `not_found`, `invalid_input` (a revoked one stays as it is), `version_conflict` with `conflicts`.
 */
export async function updateApiCredential(
  actor: Actor,
  clientId: string,
  change: ApiCredentialChange,
  seen?: Partial<CredentialSettings>,
): Promise<ApiCredential> {
  const mine = toFields(parsed(apiCredentialChange, change));
  return transaction(async (tx) => {
    const before = await lock(tx, actor, clientId);
    const { name, authMethod, scopes, audiences } = before;
    const current = { name, authMethod, scopes, audiences, expiresAt: before.expiresAt?.toISOString() ?? null };
    const wanted = mergeEdit<typeof current>(current, { base: toFields(seen ?? before), mine });
    const after = { ...before, ...wanted, expiresAt: wanted.expiresAt === null ? null : new Date(wanted.expiresAt) };
    const changes = diffJson(visible(before), visible(after));
    if (Object.keys(changes).length === 0) return before;
    await rows.updateApiCredentialRow(tx, after);
    await recordEvent(tx, actor, { type: 'api_credential.updated', details: { client_id: clientId, changes } });
    return after;
  });
}

/**
 * Gives a credential a new secret, called `name`; the ones so far go on for `overlapHours` (0: they end now), so that clients
 * can change over. Tokens stay. No secret ends before the time that was said of it, hence the last refusal.
 * Refuses: `not_found`, `invalid_input` (revoked or expired), `too_many_secrets`.
 */
export async function rotateApiCredential(
  actor: Actor,
  clientId: string,
  { overlapHours, name }: { overlapHours: number; name?: string | null | undefined },
): Promise<WithSecret & { previousEndsAt: Date }> {
  if (!(overlapHours >= 0 && overlapHours <= MAX_OVERLAP_HOURS)) {
    throw refused(`The overlap must be between 0 and ${MAX_OVERLAP_HOURS} hours`);
  }
  const calledSo = parsed(secretName, name);
  const clientSecret = newClientSecret();
  return transaction(async (tx) => {
    const now = new Date();
    const credential = await lock(tx, actor, clientId);
    if (stateOf(credential, now) === 'expired') throw refused('This API credential has expired; extend it first');
    const previousEndsAt = new Date(now.getTime() + overlapHours * 3_600_000);
    if ((await rows.endSecrets(tx, credential.id, previousEndsAt, now)) >= MAX_SECRETS) throw tooManySecrets();
    await rows.insertSecret(tx, credential.id, { hash: hashSecret(clientSecret), name: calledSo, now });
    const details = { client_id: clientId, secret_name: calledSo, previous_ends_at: previousEndsAt.toISOString() };
    await recordEvent(tx, actor, { type: 'api_credential.rotated', details });
    return { credential, clientSecret, previousEndsAt };
  });
}

/**
 * Ends a previous secret before its time, once its last use tells that nobody needs it any more. The current one is replaced
 * by a rotation. Refuses: `not_found`, also for a secret that is over, `invalid_input` (the current one; revoked).
 */
export async function endSecret(actor: Actor, clientId: string, secretId: string): Promise<SecretPeriod> {
  return transaction(async (tx) => {
    const now = new Date();
    const credential = await lock(tx, actor, clientId);
    const secrets = await rows.listSecretPeriods(actor.projectId, clientId, now, tx);
    const secret = secrets.find(({ id }) => id === secretId);
    if (!secret) throw new AppError('not_found', { reason: 'There is no secret with this id that still works' });
    if (!secret.expiresAt) throw refused('This is the current secret: rotate to replace it, or revoke the credential');
    await rows.deleteSecret(tx, credential.id, secretId);
    const changes = diffJson(endOf(secret, secret.expiresAt), endOf(secret, now));
    await recordEvent(tx, actor, { type: 'api_credential.updated', details: { client_id: clientId, changes } });
    return { ...secret, expiresAt: now };
  });
}

/** Ends a credential with its secrets and tokens, at once and for good. Again: no change. Refuses: `not_found`. */
export async function revokeApiCredential(actor: Actor, clientId: string): Promise<ApiCredential> {
  return transaction(async (tx) => {
    const now = new Date();
    const credential = await rows.lockUnrevoked(tx, actor.projectId, clientId, now);
    if (!credential) return getApiCredential(actor.projectId, clientId, tx);
    const revoked = { ...credential, revokedAt: now };
    await rows.updateApiCredentialRow(tx, revoked);
    await rows.deleteSecrets(tx, credential.id);
    await recordEvent(tx, actor, { type: 'api_credential.revoked', details: { client_id: clientId } });
    return revoked;
  });
}

async function lock(tx: Tx, actor: Actor, clientId: string): Promise<ApiCredential> {
  const credential = await rows.lockUnrevoked(tx, actor.projectId, clientId, new Date());
  if (credential) return credential;
  await getApiCredential(actor.projectId, clientId, tx);
  throw refused('This API credential was revoked');
}

/** What may be changed, as JSON; a moment by its text. */
function toFields({ name, authMethod, scopes, audiences, expiresAt }: Partial<CredentialSettings>) {
  const end = expiresAt instanceof Date ? expiresAt.toISOString() : expiresAt;
  return { name, authMethod, scopes: scopes && inOrder(scopes), audiences, expiresAt: end };
}

function endOf({ id, name }: SecretPeriod, end: Date): JsonObject {
  return { secrets: { [name ?? id]: { expires_at: end.toISOString() } } };
}

/** What the audit log tells of a credential. */
function visible(credential: ApiCredential): JsonObject {
  return {
    name: credential.name,
    token_endpoint_auth_method: credential.authMethod,
    scopes: credential.scopes,
    audiences: credential.audiences,
    expires_at: credential.expiresAt?.toISOString() ?? null,
  };
}

function parsed<Schema extends z.ZodType>(schema: Schema, value: z.input<Schema>): z.output<Schema> {
  const checked = checkInput(schema, value);
  if (checked.ok) return checked.data;
  throw refused(checked.violations.map(({ message }) => message).join('; '), checked.violations);
}

function tooManySecrets(): AppError {
  return new AppError('too_many_secrets', {
    reason: `${MAX_SECRETS} secrets of this API credential still work, and no more may: end one of them first (api-credential secrets, api-credential end-secret), or rotate without an overlap`,
  });
}

function refused(reason: string, violations?: Violation[]): AppError {
  return new AppError('invalid_input', { reason, violations });
}
