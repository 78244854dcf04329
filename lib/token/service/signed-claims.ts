import { BoundedCache } from '@/lib/platform/bounded-cache';
import { processWide } from '@/lib/platform/process-wide';
import { accessTokenClaims } from '../contract';
import { readKid, verifySignature } from '../jwt';
import type { AccessTokenClaims } from '../model';
import { verificationKey } from './signing-keys';

const MAX_TOKEN_LENGTH = 8192;

/** A valid signature stays valid and is cached; everything else is checked on every call. */
const verified = processWide('token.verified', () => new BoundedCache<AccessTokenClaims>(2000));

/**
 * The claims of a token signed by a key of this project, and the key's ID; otherwise null. The key may be cached:
 * callers that grant anything read whether it was revoked.
 */
export async function signedClaims(
  projectId: string,
  token: string,
): Promise<{ claims: AccessTokenClaims; kid: string } | null> {
  if (token.length > MAX_TOKEN_LENGTH) return null;
  const kid = readKid(token);
  const key = kid === null ? null : await verificationKey(projectId, kid);
  if (!key) return null;
  const cached = verified.get(`${key.kid} ${token}`);
  if (cached) return { claims: cached, kid: key.kid };
  const payload = await verifySignature(token, key.handle, key.algorithm);
  const claims = accessTokenClaims.safeParse(payload);
  if (!claims.success) return null;
  verified.set(`${key.kid} ${token}`, claims.data);
  return { claims: claims.data, kid: key.kid };
}
