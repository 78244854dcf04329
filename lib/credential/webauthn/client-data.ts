import { z } from 'zod';
import type { Project } from '@/lib/project/model';
import { refused } from './refusal';

/** CollectedClientData (WebAuthn L3 §5.8.1). Other members, including `tokenBinding`, are ignored. */
const collectedClientData = z.object({
  type: z.string(),
  challenge: z.string(),
  origin: z.string(),
  crossOrigin: z.unknown().optional(),
  topOrigin: z.unknown().optional(),
});
type ClientData = z.output<typeof collectedClientData>;

const CHALLENGE = /^[A-Za-z0-9_-]{1,128}$/;

/**
 * Parses client data for every ceremony, so all accept the same input. "UTF-8 decode" (L3 §7.1 step 5, §7.2 step 8)
 * drops a leading U+FEFF and replaces invalid UTF-8. Null if it is not client data.
 */
function parseClientData(encoded: string): ClientData | null {
  try {
    const text = new TextDecoder('utf-8').decode(Buffer.from(encoded, 'base64url'));
    return collectedClientData.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** The challenge in a registration or authentication response, even if the rest is invalid; null if there is none. */
export function challengeOf(response: unknown): string | null {
  const outer = z.object({ response: z.object({ clientDataJSON: z.string().max(16_384) }) }).safeParse(response);
  const challenge = outer.success ? parseClientData(outer.data.response.clientDataJSON)?.challenge : undefined;
  return challenge !== undefined && CHALLENGE.test(challenge) ? challenge : null;
}

/** L3 §7.1 steps 6 to 11, §7.2 steps 9 to 14. Signet's pages are never framed, so a framed ceremony is refused. */
export function checkClientData(
  party: Pick<Project, 'origin'>,
  type: 'webauthn.create' | 'webauthn.get',
  challenge: string,
  encoded: string,
): void {
  const data = parseClientData(encoded);
  if (!data) throw refused('malformed_response');
  if (data.type !== type) throw refused('wrong_ceremony');
  if (data.challenge !== challenge) throw refused('wrong_challenge');
  if (data.origin !== party.origin) throw refused('wrong_origin');
  if (data.crossOrigin === true || data.topOrigin !== undefined) throw refused('framed');
}
