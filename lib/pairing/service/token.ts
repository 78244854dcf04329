import { LINK_TOKEN } from '@/lib/platform/link-token';
import { hmac, randomReadable } from '@/lib/platform/secret';
import { PAIRING_CODE_LENGTH } from '../model';

/**
 * Derives the link's token from the code with a server key, so that one row and one index find both; the token does not
 * reveal the code.
 */
export function pairingToken(projectId: string, code: string): string {
  return hmac('pairing', `${projectId}\0${code}`).slice(0, 24);
}

/** A code whose token mail and chat programs keep whole in a link. */
export function newPairingCode(projectId: string): { code: string; token: string } {
  for (;;) {
    const code = randomReadable(PAIRING_CODE_LENGTH);
    const token = pairingToken(projectId, code);
    if (LINK_TOKEN.test(token)) return { code, token };
  }
}

export function hashPairing(token: string): string {
  return hmac('link', `pairing\0${token}`);
}
