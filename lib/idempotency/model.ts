import { AppError } from '@/lib/platform/errors';

/** A call that the client may repeat without it being carried out twice. */
export type KeyedCall = {
  /** Derived from project, API credential and key, so keys of different credentials never collide. */
  id: string;
  projectId: string;
  /** Hash of the request: a different request under the same key is refused. */
  fingerprint: string;
};

/** A response as it is sent, and as it is stored. */
export type StoredResponse = { status: number; headers: Record<string, string>; body: string };

/** The response to a call that was carried out. */
export type CallResult = {
  answer: StoredResponse;
  /** The resource that was created or affected. */
  resourceId: string | null;
  /** The response contains a secret and is never stored. */
  isSecret: boolean;
};

export const RETENTION_HOURS = 24;

const BARE = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]{1,255}$/;
const QUOTED = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\]){1,255})"$/;

/**
 * Parses the header value: an RFC 9651 §3.3.3 string, as in the Internet-Draft, or the same without quotes, as most
 * clients send it. Both forms give the same key. Refuses: `invalid_input`.
 */
export function parseIdempotencyKey(header: string): string {
  const quoted = QUOTED.exec(header)?.[1]?.replaceAll(/\\(.)/g, '$1');
  if (quoted !== undefined) return quoted;
  if (BARE.test(header)) return header;
  throw new AppError('invalid_input', {
    reason: 'Idempotency-Key must be one string of 1 to 255 visible ASCII characters',
  });
}
