import { z } from 'zod';
import type { Project } from '@/lib/project/model';
import { refused } from './refusal';

/** CollectedClientData (WebAuthn L3 §5.8.1). All other members are ignored, `tokenBinding` among them. */
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
 * The one reader of client data, for every ceremony: what one accepts, all accept. "UTF-8 decode" (L3 §7.1 step 5, §7.2
 * step 8) drops a leading U+FEFF and replaces what is no UTF-8. Null when it is no client data.
 */
function parseClientData(encoded: string): ClientData | null {
  try {
    const text = new TextDecoder('utf-8').decode(Buffer.from(encoded, 'base64url'));
    return collectedClientData.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** The challenge that a response of either kind answers, whatever else may be wrong with it; null when there is none. */
export function challengeIn(response: unknown): string | null {
  const outer = z.object({ response: z.object({ clientDataJSON: z.string().max(16_384) }) }).safeParse(response);
  const challenge = outer.success ? parseClientData(outer.data.response.clientDataJSON)?.challenge : undefined;
  return challenge !== undefined && CHALLENGE.test(challenge) ? challenge : null;
}

/** L3 §7.1 steps 6 to 11, §7.2 steps 9 to 14. Our pages are never framed, so neither is a ceremony of ours. */
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
