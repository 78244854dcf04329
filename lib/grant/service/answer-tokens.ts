import type { Application } from '@/lib/application/model';
import { claimsOf } from '@/lib/claim/service';
import { metrics } from '@/lib/platform/metrics';
import { signTokens } from '@/lib/token/service';
import type { LiveFamily } from '../repository/live-family';
import type { TokenClient } from './actor';
import { refreshTokenOf } from './refresh-token';

export type IssuedTokens = {
  accessToken: string;
  expiresInSeconds: number;
  scopes: readonly string[];
  idToken: string | null;
  refreshToken: string | null;
};

/**
 * Signs the tokens of a live family, outside of any transaction. A refresh token only with `offline_access`. A refreshed
 * ID token has no nonce (OpenID Connect Core §12.2).
 */
export async function answerTokens(
  client: TokenClient,
  application: Application,
  { family, applicationSession, identity }: LiveFamily,
  { scopes, nonce, grant }: { scopes: readonly string[]; nonce: string | null; grant: 'code' | 'refresh' },
): Promise<IssuedTokens> {
  const signed = await signTokens(client, {
    ...{ application, applicationSession, family, scopes: [...scopes], nonce },
    claims: await claimsOf(client, identity, [...scopes]),
  });
  metrics().applicationTokens.inc({ grant });
  return { ...signed, scopes, refreshToken: family.isOffline ? refreshTokenOf(family) : null };
}
