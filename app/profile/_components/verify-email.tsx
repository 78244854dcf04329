'use client';

import { MailCheck } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { failureMessage } from '@/components/passkey/failure-message';
import { Button } from '@/components/ui/button';
import { CodeField } from '@/components/ui/code-field';
import { Dialog } from '@/components/ui/dialog';
import { SubmitButton } from '@/components/ui/submit-button';
import { useToast } from '@/components/ui/toast';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  email: string;
  send: () => Promise<ActionResult<{ address: string }>>;
  verify: (input: { code: string }) => Promise<ActionResult<undefined>>;
};

/** Proves that the mailbox is theirs: the same mailed code that confirms who is there. */
export function VerifyEmail({ email, send, verify }: Props) {
  const t = useTranslations('profile.summary');
  const stepUp = useTranslations('common.stepUp');
  const common = useTranslations('common');
  const errors = useTranslations('errors');
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const run = async <Output,>(attempt: () => Promise<ActionResult<Output>>, done: () => void) => {
    if (isPending) return;
    setPending(true);
    setFailure(undefined);
    const result = await attempt().catch(() => ({ ok: false, error: { code: 'offline' } }) as const);
    setPending(false);
    if (result.ok) done();
    else setFailure(failureMessage(errors, result.error));
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('code') ?? '');
    return run(
      () => verify({ code }),
      () => {
        setOpen(false);
        toast({ text: t('verifyDone') });
      },
    );
  };
  return (
    <>
      <Button
        size="small"
        icon={<MailCheck size={16} aria-hidden />}
        isPending={isPending && !isOpen}
        pendingLabel={common('working')}
        onClick={() => run(send, () => setOpen(true))}
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
          <Button variant="quiet" isBlock onClick={() => run(send, () => undefined)}>
            {stepUp('resend')}
          </Button>
        </form>
      </Dialog>
    </>
  );
}
