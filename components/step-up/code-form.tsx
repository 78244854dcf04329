'use client';

import { type FormEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { ResendButton } from '@/components/shell/resend-button';
import { CodeField } from '@/components/ui/form/code-field';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { useTranslations } from '@/lib/i18n/use-translations';

export type CodeFormProps = {
  /** From when the code was sent until "Resend" is enabled. */
  pauseSeconds: number;
  /** The refusal of the last code, or of sending another one. */
  failure: string | undefined;
  isPending: boolean;
  onCode: (code: string) => void;
  /** Resolves to whether another code was sent. */
  onResend: () => Promise<boolean>;
  /** The person has just asked for the code: the field takes the focus. */
  takesFocus?: boolean;
  /** Further ways, after "Resend". */
  children?: ReactNode;
};

/** Enters an emailed code in a page or dialog that needs script anyway; a refused code can be corrected at once. */
export function CodeForm({ pauseSeconds, failure, isPending, onCode, onResend, takesFocus, children }: CodeFormProps) {
  const t = useTranslations('common.stepUp');
  const words = useTranslations('common.code');
  const common = useTranslations('common');
  const field = useRef<HTMLInputElement>(null);
  const [round, setRound] = useState(0);
  // Before the dialog notices that the button that had the focus is gone, and takes the focus itself.
  useLayoutEffect(() => {
    if (takesFocus) field.current?.focus();
  }, [takesFocus]);
  useEffect(() => {
    if (!failure) return;
    field.current?.focus();
    field.current?.select();
  }, [failure]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onCode(String(new FormData(event.currentTarget).get('code') ?? ''));
  };
  const resend = async () => {
    if (await onResend()) setRound((before) => before + 1);
  };
  return (
    <form noValidate onSubmit={submit} className="flex w-full flex-col gap-4">
      <CodeField ref={field} name="code" label={t('code')} help={words('help')} error={failure} />
      <p role="status" className="text-muted empty:hidden">
        {round > 0 && !failure && words('resent')}
      </p>
      <SubmitButton isBlock isPending={isPending} pendingLabel={common('working')}>
        {t('verify')}
      </SubmitButton>
      <div className="flex flex-wrap gap-2">
        <ResendButton pauseSeconds={pauseSeconds} round={round} onClick={resend} />
        {children}
      </div>
    </form>
  );
}
