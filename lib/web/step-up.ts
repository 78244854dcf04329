import { beginCodeStepUp } from '@/lib/verification/service';
import { ensureBrowserHash } from './browser';
import { getLocale } from './locale';
import type { Proof } from './session';

/** Mails a code to the signed-in person, for this browser. Refuses: `rate_limited`. */
export async function mailStepUpCode(proof: Proof): Promise<{ address: string }> {
  const input = { browserHash: await ensureBrowserHash(), locale: await getLocale(proof.identity.locale) };
  const { address } = await beginCodeStepUp(proof.context, proof, input);
  return { address };
}
