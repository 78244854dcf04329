import type { Pairing } from './model';

/** For "Download your data". */
export function toOwnPairingsResponse(pairings: Pairing[]) {
  return {
    other_devices: pairings.map(({ state, userAgent, address, createdAt, expiresAt }) => ({
      state,
      user_agent: userAgent,
      address,
      created_at: createdAt,
      expires_at: expiresAt,
    })),
  };
}
