import { AppError } from '@/lib/platform/errors';

/** A call that its caller may repeat without it being done twice. */
export type KeyedCall = {
  /** Of project, API credential and key: another credential's key is another one. */
  id: string;
  projectId: string;
  /** Of what is asked: another request under the same key is a mistake. */
  fingerprint: string;
};

/** An answer as it goes out, and as it is kept. */
export type KeptAnswer = { status: number; headers: Record<string, string>; body: string };

/** What was done, with its answer. */
export type Done = {
  answer: KeptAnswer;
  /** What it made or is about. */
  resourceId: string | null;
  /** The answer holds a secret and is never kept. */
  isSecret: boolean;
};

export const RETENTION_HOURS = 24;

const BARE = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]{1,255}$/;
const QUOTED = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\]){1,255})"$/;

/**
 * The header's value: a string by RFC 9651 §3.3.3, as the Internet draft has it, or without its quotes, as most clients send
 * it; both are one key. Refuses: `invalid_input`.
 */
export function parseIdempotencyKey(header: string): string {
  const quoted = QUOTED.exec(header)?.[1]?.replaceAll(/\\(.)/g, '$1');
  if (quoted !== undefined) return quoted;
  if (BARE.test(header)) return header;
  throw new AppError('invalid_input', {
    reason: 'Idempotency-Key must be one string of 1 to 255 visible ASCII characters',
  });
}
