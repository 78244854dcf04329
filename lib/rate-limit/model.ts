import { isIPv6 } from 'node:net';
import { AppError } from '@/lib/platform/errors';

/** At most `max` hits of one key in a window of `windowSeconds`, which begins with the first hit. */
export type RateLimit = {
  /** What is limited, such as `client-secret`. */
  name: string;
  /** Who is limited; stored only as a keyed hash. */
  key: string;
  max: number;
  windowSeconds: number;
};

/** How many hits the window has seen that ends at `endsAt`. */
export type Count = { count: number; endsAt: Date };

/** One attempt that was let through. It counts until `endsAt`, unless it is released. */
export type Permit = { id: string; endsAt: Date };

/** The refusal: how many whole seconds until the window ends, at least one. */
export function rateLimited(endsAt: Date, now: Date): AppError {
  const seconds = Math.ceil((endsAt.getTime() - now.getTime()) / 1000);
  return new AppError('rate_limited', { retryAfterSeconds: Math.max(1, seconds) });
}

/**
 * The key of a client's address. One customer commonly holds a whole IPv6 /64 (RFC 6177 §2), so that is what counts as one
 * address there; an IPv4 address written as IPv6 counts as IPv4.
 */
export function addressKey(address: string): string {
  const plain = address.replace(/%.*$/, '').toLowerCase();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(plain)) return plain;
  const [head = '', tail = ''] = plain.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const missing = plain.includes('::') ? 8 - groups(head).length - groups(tail).length : 0;
  const all = [...groups(head), ...Array<string>(Math.max(0, missing)).fill('0'), ...groups(tail)];
  const network = all.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${network.join(':')}::/64`;
}
