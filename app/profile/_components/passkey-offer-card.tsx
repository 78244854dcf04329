import { cookies } from 'next/headers';
import type { Locale } from '@/lib/i18n/model';
import { I18nProvider } from '@/lib/i18n/provider';
import { messagesOf } from '@/lib/i18n/translate';
import { PASSKEY_OFFER_COOKIE } from '@/lib/web/passkey-offer';
import type { Proof } from '@/lib/web/session';
import { beginAddPasskey, declinePasskeyOffer, finishAddPasskey } from '../actions';
import { PasskeyOffer } from './passkey-offer';

/** Offers a passkey to people who have none and have not chosen "Not now" in this browser. */
export async function PasskeyOfferCard({ proof: { identity }, locale }: { proof: Proof; locale: Locale }) {
  if (identity.passkeyCount > 0 || (await cookies()).has(PASSKEY_OFFER_COOKIE)) return null;
  return (
    <I18nProvider locale={locale} messages={messagesOf(locale, 'login.offer', 'profile.passkeys')}>
      <PasskeyOffer begin={beginAddPasskey} finish={finishAddPasskey} decline={declinePasskeyOffer} />
    </I18nProvider>
  );
}
