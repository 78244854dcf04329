'use client';

import { useState } from 'react';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { AlertDialog } from '@/components/ui/overlay/alert-dialog';
import { useToast } from '@/components/ui/overlay/toast';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  operator: { identityId: string; name: string };
  organization: string;
  isSelf: boolean;
  isLastOwner: boolean;
  remove: (input: { identityId: string }) => Promise<ActionResult<unknown>>;
};

/** Says what stays: who they are, and how they sign in. The last owner finds the way out instead of a button. */
export function RemoveOperator({ operator, organization, isSelf, isLastOwner, remove }: Props) {
  const t = useTranslations('consoleProjects.operators');
  const common = useTranslations('common');
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const { run, isPending, failure, setFailure } = useStepUpAction();
  const { identityId, name } = operator;
  const open = () => {
    setFailure(undefined);
    setOpen(true);
  };
  const confirm = async () => {
    const result = await run(() => remove({ identityId }));
    if (!result?.ok) return;
    if (isSelf) return location.assign('/profile');
    setOpen(false);
    toast({ text: t('removed', { name }) });
  };
  const body = isLastOwner
    ? t('lastOwner')
    : isSelf
      ? t('leaveBody', { organization })
      : t('removeBody', { organization });
  return (
    <>
      <Button
        size="small"
        variant="quiet"
        aria-label={isSelf ? undefined : t('removeLabel', { name })}
        onClick={open}
        waitsForHydration
      >
        {t(isSelf ? 'leave' : 'remove')}
      </Button>
      <AlertDialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={isSelf ? t('leaveTitle', { organization }) : t('removeTitle', { name })}
        description={<p>{body}</p>}
        cancelLabel={common(isLastOwner ? 'close' : 'cancel')}
        confirmLabel={isLastOwner ? undefined : t(isSelf ? 'leave' : 'remove')}
        onConfirm={confirm}
        isPending={isPending}
        pendingLabel={common('working')}
      >
        <p role="alert" className="text-danger empty:hidden">
          {failure}
        </p>
      </AlertDialog>
    </>
  );
}
