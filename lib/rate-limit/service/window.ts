import { hmac } from '@/lib/platform/secret';
import type { RateLimit } from '../model';

/** Includes the window length, so that a changed setting never reads the counts of the previous one. */
export function idOf({ name, key, windowSeconds }: RateLimit): string {
  return `${name}:${windowSeconds}:${hmac('rate-limit', `${name}\0${key}`)}`;
}

export function windowEnd({ windowSeconds }: RateLimit, now: Date): Date {
  return new Date(now.getTime() + windowSeconds * 1000);
}
