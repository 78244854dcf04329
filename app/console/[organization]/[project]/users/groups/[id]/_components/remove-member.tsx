'use client';

import { ConfirmAction } from '@/components/step-up/confirm-action';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  groupId: string;
  groupName: string;
  identityId: string;
  name: string;
  remove: (input: { id: string; identityId: string }) => Promise<ActionResult<unknown>>;
};

/** Removes a member, after saying what they lose. */
export function RemoveMember({ groupId, groupName, identityId, name, remove }: Props) {
  const t = useTranslations('consoleGroups.members');
  return (
    <ConfirmAction
      trigger={{ size: 'small', variant: 'quiet', 'aria-label': t('removeLabel', { name }), children: t('remove') }}
      title={t('removeTitle', { name, group: groupName })}
      description={t('removeBody')}
      confirmLabel={t('remove')}
      action={() => remove({ id: groupId, identityId })}
      doneText={t('removed', { name })}
    />
  );
}
