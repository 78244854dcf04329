'use client';

import { TypedDeletion } from '@/components/step-up/typed-deletion';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  /** The text to type. */
  confirmation: string;
  passkeyCount: number;
  sessionCount: number;
  deleteAccount: (input: { confirmation: string }) => Promise<ActionResult<unknown>>;
};

/** Deletes the account: says in numbers what is removed and requires the address to be typed. */
export function DeleteAccount({ confirmation, passkeyCount, sessionCount, deleteAccount }: Props) {
  const t = useTranslations('settings.delete');
  return (
    <TypedDeletion
      button={t('button')}
      title={t('dialogTitle')}
      description={<p>{t('dialogBody', { passkeys: passkeyCount, sessions: sessionCount })}</p>}
      confirmation={confirmation}
      remove={deleteAccount}
      onRemoved={() => location.assign('/login?notice=account-deleted')}
    />
  );
}
