'use client';

import type { PasskeyRequestOptions } from '@/components/passkey/authenticate';
import { callRoute } from '@/components/passkey/call-route';
import { failureMessage } from '@/components/passkey/failure-message';
import { usePasskeySignIn } from '@/components/passkey/use-passkey-sign-in';
import { Button } from '@/components/ui/button';
import { KeyRound } from '@/components/ui/icons';
import { useTranslations } from '@/lib/i18n/use-translations';

/** Signs in with a passkey, by this button or by autofill in the email field. */
export function PasskeyButton({ returnTo }: { returnTo: string | null }) {
  const t = useTranslations('login');
  const errors = useTranslations('errors.browser');
  const { signIn, isPending, failure } = usePasskeySignIn({
    begin: () => callRoute<PasskeyRequestOptions>('/api/login/passkey/begin', null),
    finish: (response) => callRoute<{ location: string }>('/api/login/passkey/finish', { response, returnTo }),
    onSignedIn: ({ location }) => window.location.replace(location), // a path of this origin
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
