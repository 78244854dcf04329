import { type SentCode, toSentCode } from '@/lib/verification/model';
import { beginCodeStepUp } from '@/lib/verification/service';
import { ensureBrowserHash } from './browser';
import { getLocale } from './locale';
import type { Proof } from './session';

/** Mails a code to the signed-in person, for this browser. Refuses: `rate_limited`. */
export async function mailStepUpCode(proof: Proof): Promise<SentCode> {
  const input = { browserHash: await ensureBrowserHash(), locale: await getLocale(proof.identity.locale) };
  return toSentCode(await beginCodeStepUp(proof.context, proof, input), new Date());
}
