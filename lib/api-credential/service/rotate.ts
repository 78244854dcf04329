import { diffJson } from '@/lib/audit/model';
import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import type { JsonObject } from '@/lib/platform/json';
import { secretName } from '../contract';
import { MAX_SECRETS, type SecretPeriod, stateOf } from '../model';
import * as rows from '../repository';
import { hashSecret, newClientSecret } from '../secret';
import { lock, parsed, refused } from './change';
import type { WithSecret } from './create';

export const MAX_OVERLAP_HOURS = 30 * 24;

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
  const secretLabel = parsed(secretName, name);
  const clientSecret = newClientSecret();
  return transaction(async (tx) => {
    const now = new Date();
    const credential = await lock(tx, actor, clientId);
    if (stateOf(credential, now) === 'expired') throw refused('This API credential has expired; extend it first');
    const previousEndsAt = new Date(now.getTime() + overlapHours * 3_600_000);
    if ((await rows.endSecrets(tx, credential.id, previousEndsAt, now)) >= MAX_SECRETS) throw tooManySecrets();
    await rows.insertSecret(tx, credential.id, { hash: hashSecret(clientSecret), name: secretLabel, now });
    const details = { client_id: clientId, secret_name: secretLabel, previous_ends_at: previousEndsAt.toISOString() };
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
    if (!secret) throw new AppError('not_found', { reason: 'No active secret has this ID' });
    if (!secret.expiresAt)
      throw refused('The current secret cannot be revoked; rotate it, or revoke the API credential');
    await rows.deleteSecret(tx, credential.id, secretId);
    const changes = diffJson(endOf(secret, secret.expiresAt), endOf(secret, now));
    await recordEvent(tx, actor, { type: 'api_credential.updated', details: { client_id: clientId, changes } });
    return { ...secret, expiresAt: now };
  });
}

function endOf({ id, name }: SecretPeriod, end: Date): JsonObject {
  return { secrets: { [name ?? id]: { expires_at: end.toISOString() } } };
}

function tooManySecrets(): AppError {
  return new AppError('too_many_secrets', {
    reason: `The limit of ${MAX_SECRETS} active secrets is reached; revoke one first (api-credential list-secrets, api-credential revoke-secret), or rotate without an overlap`,
  });
}
