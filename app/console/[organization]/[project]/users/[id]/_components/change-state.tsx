'use client';

import { CirclePause, CirclePlay } from 'lucide-react';
import { useState } from 'react';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { AlertDialog } from '@/components/ui/overlay/alert-dialog';
import { useToast } from '@/components/ui/overlay/toast';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { IdentityState } from '@/lib/identity/model';
import type { ActionResult } from '@/lib/platform/action-result';
import { CopyCurl } from './copy-curl';

type Props = {
  id: string;
  name: string;
  state: IdentityState;
  sessionCount: number;
  passkeyCount: number;
  set: (input: { id: string; state: IdentityState }) => Promise<ActionResult<unknown>>;
  curl: string;
};

/** Deactivates, after saying in numbers what that ends; or lets somebody in again. */
export function ChangeState({ id, name, state, sessionCount, passkeyCount, set, curl }: Props) {
  const [isOpen, setOpen] = useState(false);
  // What the dialog asks stays while it closes, although the page behind it knows better by then.
  const [asked, setAsked] = useState(state);
  const isActive = asked === 'active';
  const button = useTranslations(state === 'active' ? 'consoleUsers.deactivate' : 'consoleUsers.reactivate');
  const t = useTranslations(isActive ? 'consoleUsers.deactivate' : 'consoleUsers.reactivate');
  const deactivate = useTranslations('consoleUsers.deactivate');
  const common = useTranslations('common');
  const toast = useToast();
  const { run, isPending, failure, setFailure } = useStepUpAction();
  const open = (isNowOpen: boolean) => {
    setFailure(undefined);
    if (isNowOpen) setAsked(state);
    setOpen(isNowOpen);
  };
  const confirm = async () => {
    const result = await run(() => set({ id, state: isActive ? 'inactive' : 'active' }));
    if (!result?.ok) return;
    setOpen(false);
    toast({ text: t('done', { name }) });
  };
  const icon = state === 'active' ? <CirclePause size={16} aria-hidden /> : <CirclePlay size={16} aria-hidden />;
  return (
    <>
      <Button size="small" icon={icon} onClick={() => open(true)}>
        {button('action')}
      </Button>
      <AlertDialog
        isOpen={isOpen}
        onOpenChange={open}
        title={t('title', { name })}
        description={
          isActive ? (
            <>
              <p>{deactivate('body', { sessions: sessionCount })}</p>
              <p>{deactivate('kept', { passkeys: passkeyCount })}</p>
            </>
          ) : (
            <p>{t('body', { sessions: sessionCount })}</p>
          )
        }
        cancelLabel={common('cancel')}
        confirmLabel={t('confirm')}
        onConfirm={confirm}
        isPending={isPending}
        pendingLabel={common('working')}
      >
        <div>
          <CopyCurl command={curl} />
        </div>
        <p role="alert" className="text-danger empty:hidden">
          {failure}
        </p>
      </AlertDialog>
    </>
  );
}
