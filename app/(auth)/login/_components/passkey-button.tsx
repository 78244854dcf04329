'use client';

import { failureMessage } from '@/components/passkey/failure-message';
import { redirected } from '@/components/passkey/redirected';
import { usePasskeySignIn } from '@/components/passkey/use-passkey-sign-in';
import { Button } from '@/components/ui/button';
import { KeyRound } from '@/components/ui/icons';
import { useTranslations } from '@/lib/i18n/use-translations';
import { beginWithPasskey, finishWithPasskey } from '../actions';

/** Signs in with a passkey, by this button or by autofill in the email field. */
export function PasskeyButton({ returnTo }: { returnTo: string | null }) {
  const t = useTranslations('login');
  const errors = useTranslations('errors.browser');
  const { signIn, isPending, failure } = usePasskeySignIn({
    begin: () => beginWithPasskey(),
    finish: (response) => redirected(finishWithPasskey({ response, returnTo })),
    onSignedIn: () => undefined, // redirecting
  });
  return (
    <div className="flex flex-col gap-3">
      <Button
        isBlock
        icon={<KeyRound size={16} aria-hidden />}
        waitsForHydration
        onClick={signIn}
        isPending={isPending}
        pendingLabel={t('passkeyWaiting')}
      >
        {t('passkey')}
      </Button>
      <p role="status" className="text-sm text-muted empty:hidden">
        {failure && failureMessage(errors, failure)}
      </p>
      <noscript>
        <p className="text-sm text-muted">{t('passkeyNeedsScript')}</p>
      </noscript>
    </div>
  );
}
