import { AppError, isAppError } from '@/lib/platform/errors';
import type { PasskeyRefusal } from '../model';

/** Cause of a `passkey_verification_failed`: a fixed code, never received data. */
class Refusal extends Error {
  override readonly name = 'PasskeyRefusal';
  constructor(
    readonly reason: PasskeyRefusal,
    cause?: unknown,
  ) {
    super(reason, { cause });
  }
}

export function refused(reason: PasskeyRefusal, cause?: unknown): AppError {
  return new AppError('passkey_verification_failed', { cause: new Refusal(reason, cause) });
}

/** The reason of a `passkey_verification_failed`, or null for any other error. */
export function refusalReasonOf(error: unknown): PasskeyRefusal | null {
  if (!isAppError(error) || error.code !== 'passkey_verification_failed') return null;
  return error.cause instanceof Refusal ? error.cause.reason : 'malformed_response';
}

/** Turns any error during verification into a refusal; without a reason of its own it is `malformed_response`. */
export async function refuseOnError<T>(verify: () => T | Promise<T>): Promise<T> {
  try {
    return await verify();
  } catch (error) {
    throw isAppError(error) ? error : refused('malformed_response', error);
  }
}
