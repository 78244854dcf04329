import { AppError } from '@/lib/platform/errors';

/** At most `max` attempts per key in a window of `windowSeconds`, which begins with the first attempt. */
export type RateLimit = {
  /** Names the limit, such as `client-secret`. */
  name: string;
  /** The limited subject; stored only as a keyed hash. */
  key: string;
  max: number;
  windowSeconds: number;
};

/** The number of attempts in the window that ends at `endsAt`. */
export type Count = { count: number; endsAt: Date };

/** One allowed attempt. It counts until `endsAt` unless it is released. */
export type Permit = { id: string; endsAt: Date };

/** The refusal, with the whole seconds until the window ends, at least one. */
export function rateLimited(endsAt: Date, now: Date): AppError {
  const seconds = Math.ceil((endsAt.getTime() - now.getTime()) / 1000);
  return new AppError('rate_limited', { retryAfterSeconds: Math.max(1, seconds) });
}
