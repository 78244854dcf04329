import { BoundedCache } from '@/lib/platform/bounded-cache';
import { processWide } from '@/lib/platform/process-wide';
import { accessTokenClaims } from '../contract';
import { readKid, verifySignature } from '../jwt';
import type { AccessTokenClaims } from '../model';
import { verificationKey } from './signing-keys';

const MAX_TOKEN_LENGTH = 8192;

/** That a signature was good once is true for ever; all else is asked at each call. */
const verified = processWide('token.verified', () => new BoundedCache<AccessTokenClaims>(2000));

/** What a token says, once a key of this project is proven to have signed it; null for all else. */
export async function signedClaims(projectId: string, token: string): Promise<AccessTokenClaims | null> {
  if (token.length > MAX_TOKEN_LENGTH) return null;
  const kid = readKid(token);
  const key = kid === null ? null : await verificationKey(projectId, kid);
  if (!key) return null;
  const known = verified.get(`${key.kid} ${token}`);
  if (known) return known;
  const payload = await verifySignature(token, key.handle, key.algorithm);
  const claims = accessTokenClaims.safeParse(payload);
  if (!claims.success) return null;
  verified.set(`${key.kid} ${token}`, claims.data);
  return claims.data;
}
