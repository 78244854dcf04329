'use client';

import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { AlertDialog } from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';
import { TypedConfirmationField } from '@/components/ui/typed-confirmation-field';
import type { ActionResult } from '@/lib/platform/action-result';
import { isTypedConfirmation } from '@/lib/platform/typed-confirmation';
import { CopyCurl } from './copy-curl';

type Props = {
  id: string;
  name: string;
  /** What has to be typed. */
  confirmation: string;
  /** Whether a last mail goes out. */
  isTold: boolean;
  sessionCount: number;
  passkeyCount: number;
  remove: (input: { id: string; confirmation: string }) => Promise<ActionResult<unknown>>;
  listHref: string;
  curl: string;
};

/** The end of an account: says in numbers what goes, and wants the address typed. */
export function DeleteUser(props: Props) {
  const { id, name, confirmation, isTold, sessionCount, passkeyCount, remove, listHref, curl } = props;
  const t = useTranslations('consoleUsers.remove');
  const common = useTranslations('common');
  const router = useRouter();
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [mismatch, setMismatch] = useState<string>();
  const { run, isPending, failure, setFailure } = useStepUpAction();
  const open = (isNowOpen: boolean) => {
    setTyped('');
    setMismatch(undefined);
    setFailure(undefined);
    setOpen(isNowOpen);
  };
  const confirm = async () => {
    const isRight = isTypedConfirmation(typed, confirmation);
    setMismatch(isRight ? undefined : t('mismatch', { value: confirmation }));
    if (!isRight) return;
    const result = await run(() => remove({ id, confirmation: typed }));
    if (!result?.ok) return;
    toast({ text: t('done', { name }) });
    router.replace(listHref);
  };
  return (
    <>
      <Button variant="danger" size="small" icon={<Trash2 size={16} aria-hidden />} onClick={() => open(true)}>
        {t('action')}
      </Button>
      <AlertDialog
        isOpen={isOpen}
        onOpenChange={open}
        title={t('title', { name })}
        description={
          <>
            <p>{t('body', { passkeys: passkeyCount, sessions: sessionCount })}</p>
            {isTold && <p className="text-muted">{t('told')}</p>}
          </>
        }
        cancelLabel={common('cancel')}
        confirmLabel={t('confirm')}
        onConfirm={confirm}
        isPending={isPending}
        pendingLabel={common('working')}
      >
        <TypedConfirmationField
          name="confirmation"
          label={t('field', { value: confirmation })}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          error={mismatch}
        />
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
