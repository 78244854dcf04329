'use client';

import { useState } from 'react';
import { ActionNote } from '@/components/step-up/action-note';
import { CodeForm, codeForm } from '@/components/step-up/code-form-on-demand';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { MailCheck } from '@/components/ui/icons';
import { Dialog } from '@/components/ui/overlay/dialogs';
import { useOnFirstMove } from '@/components/ui/overlay/on-demand';
import { useToast } from '@/components/ui/overlay/toast';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import type { SentCode } from '@/lib/verification/model';

type Props = {
  email: string;
  send: () => Promise<ActionResult<SentCode>>;
  verify: (input: { code: string }) => Promise<ActionResult<undefined>>;
};

/** Verifies the email address with the same emailed code as a step-up. */
export function VerifyEmail({ email, send, verify }: Props) {
  const t = useTranslations('profile.summary');
  const common = useTranslations('common');
  const toast = useToast();
  useOnFirstMove(codeForm);
  const [sent, setSent] = useState<SentCode | null>(null);
  const { run, isPending, failure, isCancelled } = useStepUpAction();
  const ask = async () => {
    const result = await run(send);
    if (result?.ok) setSent(result.value);
    return result?.ok === true;
  };
  const close = () => setSent(null);
  const submit = async (code: string) => {
    if (!(await run(() => verify({ code })))?.ok) return;
    close();
    toast({ text: t('verifyDone') });
  };
  return (
    <>
      <Button
        id="verify-email"
        size="small"
        icon={<MailCheck size={16} aria-hidden />}
        isPending={isPending && !sent}
        pendingLabel={common('working')}
        onClick={ask}
      >
        {t('verify')}
      </Button>
      {!sent && <ActionNote failure={failure} isCancelled={isCancelled} className="basis-full text-sm" />}
      <Dialog
        isOpen={sent !== null}
        onOpenChange={close}
        title={t('verifyTitle')}
        description={<p>{t('verifyBody', { email })}</p>}
        closeLabel={common('close')}
        actions={
          <Button variant="quiet" isBlock onClick={close}>
            {common('cancel')}
          </Button>
        }
      >
        {sent && (
          <CodeForm
            pauseSeconds={sent.pauseSeconds}
            failure={failure}
            isPending={isPending}
            onCode={submit}
            onResend={ask}
            onOpenChange={close}
            // Else the dialog begins in it: it must have the focus first, to return it.
            takesFocus={!codeForm.loaded}
          />
        )}
      </Dialog>
    </>
  );
}
