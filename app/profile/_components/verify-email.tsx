'use client';

import { type FormEvent, useState } from 'react';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { CodeField } from '@/components/ui/form/code-field';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { MailCheck } from '@/components/ui/icons';
import { Dialog } from '@/components/ui/overlay/dialogs';
import { useToast } from '@/components/ui/overlay/toast';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  email: string;
  send: () => Promise<ActionResult<{ address: string }>>;
  verify: (input: { code: string }) => Promise<ActionResult<undefined>>;
};

/** Verifies the email address with the same emailed code as a step-up. */
export function VerifyEmail({ email, send, verify }: Props) {
  const t = useTranslations('profile.summary');
  const stepUp = useTranslations('common.stepUp');
  const common = useTranslations('common');
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const { run, isPending, failure } = useStepUpAction();
  const ask = async () => {
    if ((await run(send))?.ok) setOpen(true);
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('code') ?? '');
    if (!(await run(() => verify({ code })))?.ok) return;
    setOpen(false);
    toast({ text: t('verifyDone') });
  };
  return (
    <>
      <Button
        size="small"
        icon={<MailCheck size={16} aria-hidden />}
        isPending={isPending && !isOpen}
        pendingLabel={common('working')}
        onClick={ask}
      >
        {t('verify')}
      </Button>
      {!isOpen && (
        <p role="status" className="basis-full text-sm text-muted empty:hidden">
          {failure}
        </p>
      )}
      <Dialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={t('verifyTitle')}
        description={<p>{t('verifyBody', { email })}</p>}
        closeLabel={common('cancel')}
      >
        <form noValidate onSubmit={submit} className="flex flex-col gap-4">
          <CodeField name="code" label={stepUp('code')} error={failure} />
          <SubmitButton isBlock isPending={isPending} pendingLabel={common('working')}>
            {stepUp('verify')}
          </SubmitButton>
          <Button variant="quiet" isBlock onClick={ask}>
            {stepUp('resend')}
          </Button>
        </form>
      </Dialog>
    </>
  );
}
