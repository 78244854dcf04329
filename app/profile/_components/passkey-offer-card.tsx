import { cookies } from 'next/headers';
import { PASSKEY_OFFER_COOKIE } from '@/lib/web/passkey-offer';
import type { Proof } from '@/lib/web/session';
import { beginAddPasskey, declinePasskeyOffer, finishAddPasskey } from '../actions';
import { PasskeyOffer } from './passkey-offer';

/** Offers a passkey to people who have none and have not chosen "Not now" in this browser. */
export async function PasskeyOfferCard({ proof: { identity } }: { proof: Proof }) {
  if (identity.passkeyCount > 0 || (await cookies()).has(PASSKEY_OFFER_COOKIE)) return null;
  return <PasskeyOffer begin={beginAddPasskey} finish={finishAddPasskey} decline={declinePasskeyOffer} />;
}
