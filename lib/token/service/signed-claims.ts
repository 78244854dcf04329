import { BoundedCache } from '@/lib/platform/bounded-cache';
import { processWide } from '@/lib/platform/process-wide';
import { accessTokenClaims } from '../contract';
import { readKid, verifySignature } from '../jwt';
import type { AccessTokenClaims } from '../model';
import { verificationKey } from './signing-keys';

const MAX_TOKEN_LENGTH = 8192;

type Verified = { kid: string; claims: AccessTokenClaims };

/** By token. Only the validity of a signature is cached; everything else, including its key, is checked on every call. */
const verified = processWide('token.verified', () => new BoundedCache<Verified>(2000));

/**
 * The claims of a token signed by a key of this project, and the key's ID; otherwise null. The key may be cached, so
 * callers that grant access must check its revocation.
 */
export async function signedClaims(projectId: string, token: string): Promise<Verified | null> {
  if (token.length > MAX_TOKEN_LENGTH) return null;
  const known = verified.get(token);
  const kid = known?.kid ?? readKid(token);
  const key = kid === null ? null : await verificationKey(projectId, kid);
  if (!key) return null;
  if (known) return known;
  const payload = await verifySignature(token, key.handle, key.algorithm);
  const claims = accessTokenClaims.safeParse(payload);
  if (!claims.success) return null;
  const entry = { kid: key.kid, claims: claims.data };
  verified.set(token, entry);
  return entry;
}
