'use client';

import { ConfirmAction } from '@/components/step-up/confirm-action';
import { LogOut } from '@/components/ui/icons';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

export type SignOutOthers = () => Promise<ActionResult<{ count: number }>>;

type Props = { count: number; signOutOthers: SignOutOthers };

/** Revokes every session but this one, after saying how many. */
export function SignOutOthersButton({ count, signOutOthers }: Props) {
  const t = useTranslations('profile.sessions');
  return (
    <ConfirmAction
      trigger={{ size: 'small', icon: <LogOut size={16} aria-hidden />, children: t('signOutOthers') }}
      title={t('othersDialog.title')}
      description={<p>{t('othersDialog.body', { count })}</p>}
      confirmLabel={t('othersDialog.confirm')}
      action={signOutOthers}
      doneText={(ended) => t('othersSignedOut', { count: ended.count })}
    />
  );
}
