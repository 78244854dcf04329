'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { redirected } from '@/components/passkey/redirected';
import { createPasskey } from '@/components/passkey/register';
import { FailureNotice } from '@/components/shell/failure-notice';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { KeyRound } from '@/components/ui/icons';
import { Notice } from '@/components/ui/notice';
import { type Failure, failureSentence } from '@/lib/i18n/error-message';
import { useTranslations } from '@/lib/i18n/use-translations';
import { beginAcceptanceAction, finishAcceptanceAction } from '../actions';
import { isExpectedFailure } from './expected-failure';

/** A person signed in by an emailed code accepts with a new passkey. */
export function JoinForm({ token }: { token: string }) {
  const t = useTranslations('setup');
  const common = useTranslations('common');
  const errors = useTranslations('errors.browser');
  const { submit, isPending, failure } = useJoin(token);
  const isPolite = failure !== null && isExpectedFailure(failure);
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      <FailureNotice failure={isPolite ? null : failure} />
      <SubmitButton
        isBlock
        icon={<KeyRound size={16} aria-hidden />}
        waitsForHydration
        isPending={isPending}
        pendingLabel={t('working')}
      >
        {t('invitation.button')}
      </SubmitButton>
      <p role="status" className="text-sm text-muted empty:hidden">
        {isPolite && failureSentence(errors, failure)}
      </p>
      <noscript>
        <Notice tone="warning" word={common('notice.warning')}>
          {t('needsScript')}
        </Notice>
      </noscript>
    </form>
  );
}

/** After these errors the page offers another step. */
const CHANGED = ['invitation_used_or_expired', 'mailbox_unproven', 'unauthenticated', 'reauthentication_required'];

function useJoin(token: string) {
  const router = useRouter();
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setPending(true);
    setFailure(null);
    const result = await createPasskey(
      () => beginAcceptanceAction({ token }),
      (response) => redirected(finishAcceptanceAction({ token, response })),
    );
    if (result.ok) return; // redirecting
    setPending(false);
    const { error } = result;
    if (CHANGED.includes(error.code)) return router.refresh();
    if (error.code !== 'aborted') setFailure(error);
  };
  return { submit, isPending, failure };
}
