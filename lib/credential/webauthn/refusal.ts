import { AppError, isAppError } from '@/lib/platform/errors';
import type { PasskeyRefusal } from '../model';

/** The cause of a `passkey_verification_failed`: a fixed word, never what was received. */
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
export function refusalIn(error: unknown): PasskeyRefusal | null {
  if (!isAppError(error) || error.code !== 'passkey_verification_failed') return null;
  return error.cause instanceof Refusal ? error.cause.reason : 'malformed_response';
}

/** Whatever fails while a response is judged refuses it. What has no reason of its own could not be read. */
export async function refusing<T>(judge: () => T | Promise<T>): Promise<T> {
  try {
    return await judge();
  } catch (error) {
    throw isAppError(error) ? error : refused('malformed_response', error);
  }
}
