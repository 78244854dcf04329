import { diffJson } from '@/lib/audit/model';
import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { hashClientSecret, newClientSecret } from '@/lib/platform/client-secret';
import { transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { invalidInput, requireInput } from '@/lib/platform/input';
import type { JsonObject } from '@/lib/platform/json';
import { secretName } from '../contract';
import { MAX_SECRETS, type SecretPeriod, stateOf } from '../model';
import * as rows from '../repository';
import { lock, subjectOf } from './change';
import type { WithSecret } from './create';

export const MAX_OVERLAP_HOURS = 30 * 24;

/**
 * Adds a secret labelled `name`. Previous secrets remain valid for `overlapHours` (0: they end now) while clients
 * migrate; tokens remain valid. Refuses a further secret instead of ending one before its announced expiry.
 * Refuses: `not_found`, `invalid_input` (revoked or expired), `too_many_secrets`.
 */
export async function rotateApiCredential(
  actor: Actor,
  clientId: string,
  { overlapHours, name }: { overlapHours: number; name?: string | null | undefined },
): Promise<WithSecret & { previousEndsAt: Date }> {
  if (!(overlapHours >= 0 && overlapHours <= MAX_OVERLAP_HOURS)) {
    throw invalidInput(`The overlap must be between 0 and ${MAX_OVERLAP_HOURS} hours`);
  }
  const secretLabel = requireInput(secretName, name);
  const clientSecret = newClientSecret();
  return transaction(async (tx) => {
    const now = new Date();
    const credential = await lock(tx, actor, clientId);
    if (stateOf(credential, now) === 'expired') throw invalidInput('This API credential has expired; extend it first');
    const previousEndsAt = new Date(now.getTime() + overlapHours * 3_600_000);
    if ((await rows.expireSecrets(tx, credential.id, previousEndsAt, now)) >= MAX_SECRETS) throw tooManySecrets();
    await rows.insertSecret(tx, credential.id, {
      hash: hashClientSecret('api-credential', clientSecret),
      name: secretLabel,
      now,
    });
    const details = {
      ...subjectOf(credential),
      secret_name: secretLabel,
      previous_ends_at: previousEndsAt.toISOString(),
    };
    await recordEvent(tx, actor, { type: 'api_credential.rotated', details });
    return { credential, clientSecret, previousEndsAt };
  });
}

/**
 * Revokes a previous secret before its expiry, such as when its last use shows that it is no longer needed. The current
 * secret can only be rotated.
 * Refuses: `not_found`, also for an expired secret; `invalid_input` (the current secret, or a revoked credential).
 */
export async function revokeSecret(actor: Actor, clientId: string, secretId: string): Promise<SecretPeriod> {
  return transaction(async (tx) => {
    const now = new Date();
    const credential = await lock(tx, actor, clientId);
    const secrets = await rows.listSecretPeriods(actor.projectId, clientId, now, tx);
    const secret = secrets.find(({ id }) => id === secretId);
    if (!secret) throw new AppError('not_found', { reason: 'No active secret has this ID' });
    if (!secret.expiresAt)
      throw invalidInput('The current secret cannot be revoked; rotate it, or revoke the API credential');
    await rows.deleteSecret(tx, credential.id, secretId);
    const changes = diffJson(expiryOf(secret, secret.expiresAt), expiryOf(secret, now));
    await recordEvent(tx, actor, { type: 'api_credential.updated', details: { ...subjectOf(credential), changes } });
    return { ...secret, expiresAt: now };
  });
}

function expiryOf({ id, name }: SecretPeriod, end: Date): JsonObject {
  return { secrets: { [name ?? id]: { expires_at: end.toISOString() } } };
}

function tooManySecrets(): AppError {
  return new AppError('too_many_secrets', {
    reason: `The limit of ${MAX_SECRETS} active secrets is reached; revoke one first (api-credential list-secrets, api-credential revoke-secret), or rotate without an overlap`,
  });
}
