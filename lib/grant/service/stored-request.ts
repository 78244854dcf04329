import { addressKey } from '@/lib/platform/network';
import { hmac, randomToken } from '@/lib/platform/secret';
import { consumeLimits } from '@/lib/rate-limit/service';
import { type Parameters, PUSHED_SECONDS, REQUEST_SECONDS, type StoredRequest } from '../model';
import * as rows from '../repository/request';

/** Storing a request needs no session. */
const MAX_PER_MINUTE = 60;
/** As long as a token of 32 bytes. */
const ID = /^[\w-]{43}$/;

type NewRequest = {
  projectId: string;
  /** The client's IP address. */
  address: string;
  applicationId: string;
  parameters: Parameters;
  isPushed?: boolean;
  browserHash?: string | null;
  askedAt?: Date | null;
};

/** Stores a checked request; resolves to its ID for the URL. Refuses: `rate_limited`. */
export async function storeRequest(input: NewRequest): Promise<string> {
  const { projectId, applicationId, parameters, isPushed = false, browserHash = null, askedAt = null } = input;
  await consumeLimits({
    name: isPushed ? 'pushed-request' : 'authorization-request',
    key: isPushed ? applicationId : addressKey(input.address),
    max: isPushed ? MAX_PUSHED_PER_MINUTE : MAX_PER_MINUTE,
    windowSeconds: 60,
  });
  const id = randomToken();
  const createdAt = new Date();
  await rows.insertRequest({
    ...{ id: hashOf(id), projectId, applicationId, parameters, isPushed, browserHash, askedAt, createdAt },
    ...{ allowedBy: null, allowedEpoch: null, deniedAt: null },
    expiresAt: secondsAfter(createdAt, isPushed ? PUSHED_SECONDS : REQUEST_SECONDS),
  });
  return id;
}

/** A pushed request comes from the application's server, whose people share its address. */
const MAX_PUSHED_PER_MINUTE = 600;

/** The stored request with this ID, unless it was used or has expired. */
export async function findStoredRequest(projectId: string, id: string): Promise<StoredRequest | null> {
  return ID.test(id) ? rows.findPendingRequest(projectId, hashOf(id), new Date()) : null;
}

export function secondsAfter(time: Date, seconds: number): Date {
  return new Date(time.getTime() + seconds * 1000);
}

function hashOf(id: string): string {
  return hmac('authorization-request', id);
}
