'use client';

import { TypedDeletion } from '@/components/step-up/typed-deletion';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  /** The text to type. */
  confirmation: string;
  passkeyCount: number;
  sessionCount: number;
  /** 0: deleted at once. */
  graceDays: number;
  deleteAccount: (input: { confirmation: string; graceDays: number }) => Promise<ActionResult<unknown>>;
};

/** Deletes the account: says in numbers what is removed, and when, and requires the address to be typed. */
export function DeleteAccount({ confirmation, passkeyCount, sessionCount, graceDays, deleteAccount }: Props) {
  const t = useTranslations('settings.delete');
  const counts = { passkeys: passkeyCount, sessions: sessionCount };
  return (
    <TypedDeletion
      button={t('button')}
      title={t('dialogTitle')}
      description={
        <p>{graceDays === 0 ? t('dialogBody', counts) : t('dialogGrace', { ...counts, days: graceDays })}</p>
      }
      confirmation={confirmation}
      remove={(input) => deleteAccount({ ...input, graceDays })}
      onRemoved={() => location.assign(`/login?notice=${graceDays === 0 ? 'account-deleted' : 'account-deletion'}`)}
    />
  );
}
