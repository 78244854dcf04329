import { cookies } from 'next/headers';
import { FocusHeadingAfter } from '@/components/shell/focus-heading-after';
import type { Passkey } from '@/lib/credential/model';
import { mustConfirmByPasskey } from '@/lib/credential/service';
import type { Locale } from '@/lib/i18n/model';
import { I18nProvider } from '@/lib/i18n/provider';
import { messagesOf } from '@/lib/i18n/translate';
import { PASSKEY_OFFER_COOKIE } from '@/lib/web/passkey-offer';
import type { Proof } from '@/lib/web/session';
import { beginAddPasskey, declinePasskeyOffer, finishAddPasskey } from '../actions';
import { PasskeyOffer } from './passkey-offer';

type Props = {
  proof: Proof;
  /** Absent on pages that do not read them: no offer after a recovery. */
  passkeys?: Passkey[];
  locale: Locale;
};

/**
 * Offers a passkey to people who have none, or who came in by a recovery and have added none since, unless they chose
 * "Not now" in this browser. Not to operators with a passkey, who could not confirm with it.
 */
export async function PasskeyOfferCard({ proof, passkeys, locale }: Props) {
  const { session, identity } = proof;
  const isRecovered =
    session.method === 'recovery' &&
    passkeys?.every(({ addedSessionId }) => addedSessionId !== session.id) === true &&
    !(await mustConfirmByPasskey(proof));
  const isShown = (identity.passkeyCount === 0 || isRecovered) && !(await cookies()).has(PASSKEY_OFFER_COOKIE);
  return (
    <>
      <FocusHeadingAfter shown={isShown ? ['offer'] : []} />
      {isShown && (
        <I18nProvider locale={locale} messages={messagesOf(locale, 'login.offer', 'profile.passkeys')}>
          <PasskeyOffer
            begin={beginAddPasskey}
            finish={finishAddPasskey}
            decline={declinePasskeyOffer}
            isRecovered={isRecovered}
          />
        </I18nProvider>
      )}
    </>
  );
}
