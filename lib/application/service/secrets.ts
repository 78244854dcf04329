import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { hashClientSecret, newClientSecret } from '@/lib/platform/client-secret';
import { ConcurrentUpdateError, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { invalidInput, requireInput } from '@/lib/platform/input';
import { secretName } from '../contract';
import { type Application, isPublic, MAX_OVERLAP_HOURS, MAX_SECRETS, type SecretPeriod } from '../model';
import { updateApplicationRow } from '../repository';
import * as rows from '../repository/secrets';
import { getForWrite, subjectOf, type WriteOptions } from './change';

/** The secret is returned here only: its hash is stored. */
export type RotatedSecret = {
  application: Application;
  clientSecret: string;
  secret: SecretPeriod;
  previousEndsAt: Date;
};

/**
 * Adds a secret labelled `name`. Previous secrets remain valid for `overlapHours` (0: they end now) while the application
 * is configured; sign-ins and tokens remain. Refuses a further secret instead of ending one before its announced expiry.
 * Refuses: `not_found`, `invalid_input` (a public application has no secret), `too_many_secrets`.
 */
export async function rotateApplicationSecret(
  actor: Actor,
  clientId: string,
  { overlapHours, name }: { overlapHours: number; name?: string | null | undefined },
  options: WriteOptions = {},
): Promise<RotatedSecret> {
  if (!(overlapHours >= 0 && overlapHours <= MAX_OVERLAP_HOURS))
    throw invalidInput(`The overlap must be between 0 and ${MAX_OVERLAP_HOURS} hours`);
  const label = requireInput(secretName, name);
  const clientSecret = newClientSecret();
  return transaction(async (tx) => {
    const now = new Date();
    const before = await getForWrite(tx, actor, clientId, options);
    if (isPublic(before)) throw invalidInput('This application is public and has no secret');
    // Also serializes concurrent rotations, so that they count each other's secrets.
    const application = { ...before, version: before.version + 1, updatedAt: now };
    if (!(await updateApplicationRow(tx, before, application))) throw new ConcurrentUpdateError();
    const previousEndsAt = new Date(now.getTime() + overlapHours * 3_600_000);
    if ((await rows.expireSecrets(tx, application, previousEndsAt, now)) >= MAX_SECRETS) throw tooManySecrets();
    const hash = hashClientSecret('application', clientSecret);
    const secret = await rows.insertSecret(tx, application, { hash, name: label, now });
    const details = {
      ...subjectOf(application),
      secret_name: label,
      previous_ends_at: previousEndsAt.toISOString(),
    };
    await recordEvent(tx, actor, { type: 'application.secret_rotated', details });
    return { application, clientSecret, secret, previousEndsAt };
  }, options.tx);
}

/**
 * Ends a previous secret before its expiry, such as when its last use shows that it is no longer needed. The current
 * secret can only be rotated.
 * Refuses: `not_found`, also for an expired secret; `invalid_input` for the current secret.
 */
export async function endApplicationSecret(
  actor: Actor,
  clientId: string,
  secretId: string,
  options: WriteOptions = {},
): Promise<void> {
  await transaction(async (tx) => {
    const now = new Date();
    const application = await getForWrite(tx, actor, clientId, options);
    const secret = (await rows.listSecrets(application, now, tx)).find(({ id }) => id === secretId);
    if (!secret) throw new AppError('not_found', { reason: 'No active secret has this ID' });
    if (!secret.expiresAt)
      throw invalidInput('The current secret cannot be ended; rotate it, or disable the application');
    await rows.deleteSecret(tx, application, secretId);
    const details = { ...subjectOf(application), secret_name: secret.name };
    await recordEvent(tx, actor, { type: 'application.secret_ended', details });
  }, options.tx);
}

function tooManySecrets(): AppError {
  return new AppError('too_many_secrets', {
    reason: `The limit of ${MAX_SECRETS} active secrets is reached; end one first, or rotate without an overlap`,
  });
}
