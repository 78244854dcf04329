'use client';

import { ConfirmAction } from '@/components/step-up/confirm-action';
import { LogOut, X } from '@/components/ui/icons';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  operator: { identityId: string; name: string };
  organization: string;
  isSelf: boolean;
  isLastOwner: boolean;
  remove: (input: { identityId: string }) => Promise<ActionResult<unknown>>;
};

/** Says what remains: the account and its passkeys. For the last owner, the dialog explains what to do instead. */
export function RemoveOperator({ operator, organization, isSelf, isLastOwner, remove }: Props) {
  const t = useTranslations('consoleProjects.operators');
  const common = useTranslations('common');
  const { identityId, name } = operator;
  const verb = t(isSelf ? 'leave' : 'remove');
  const body = isLastOwner
    ? t('lastOwner')
    : isSelf
      ? t('leaveBody', { organization })
      : t('removeBody', { organization });
  return (
    <ConfirmAction
      trigger={{
        size: 'small',
        variant: 'quiet',
        'aria-label': isSelf ? undefined : t('removeLabel', { name }),
        icon: isSelf ? <LogOut size={16} aria-hidden /> : <X size={16} aria-hidden />,
        children: <span className="max-sm:sr-only">{verb}</span>,
      }}
      title={isSelf ? t('leaveTitle', { organization }) : t('removeTitle', { name })}
      description={<p>{body}</p>}
      cancelLabel={common(isLastOwner ? 'close' : 'cancel')}
      confirmLabel={isLastOwner ? undefined : verb}
      action={() => remove({ identityId })}
      {...(isSelf
        ? { isLeaving: true, onDone: () => location.assign('/profile') }
        : { doneText: t('removed', { name }) })}
    />
  );
}
