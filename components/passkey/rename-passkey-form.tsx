'use client';

import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { CeremonyResult } from '@/components/passkey/ceremony';
import { failureMessage } from '@/components/passkey/failure-message';
import { Button } from '@/components/ui/button';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { TextField } from '@/components/ui/form/text-field';
import { failureSentence } from '@/lib/i18n/error-message';
import { useTranslations } from '@/lib/i18n/use-translations';

/** `undo`: the event, for its undo. */
export type Renamed = { name: string; undo: string | null };

export type RenamePasskeyProps = {
  passkey: { id: string; name: string };
  label: string;
  rename: (input: { id: string; name: string }) => Promise<CeremonyResult<Renamed>>;
  onRenamed: (renamed: Renamed) => void;
  onCancelled: () => void;
  /** Shown after the buttons, given the name as typed. */
  beside?: ((typed: string) => ReactNode) | undefined;
};

const MAX_NAME_LENGTH = 64;

/** Renames a passkey in place: Enter saves, Esc cancels. */
export function RenamePasskeyForm({ passkey, label, rename, onRenamed, onCancelled, beside }: RenamePasskeyProps) {
  const t = useTranslations('profile.passkeys.rename');
  const common = useTranslations('common');
  const errors = useTranslations('errors.browser');
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [typed, setTyped] = useState(passkey.name);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const field = form.current?.querySelector('input');
    field?.focus();
    field?.select();
  }, []);
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isPending) return;
    const name = String(new FormData(event.currentTarget).get('name') ?? '').trim();
    if (name === '') return setFailure(t('missing'));
    setPending(true);
    const result = await rename({ id: passkey.id, name }).catch(() => null);
    setPending(false);
    if (result?.ok) return onRenamed(result.value);
    if (result === null) return setFailure(failureSentence(errors, { code: 'offline' }));
    const violations = 'violations' in result.error ? result.error.violations : undefined;
    const isTooLong = violations?.some(({ keyword }) => keyword === 'maxLength');
    setFailure(isTooLong ? t('tooLong', { max: MAX_NAME_LENGTH }) : failureMessage(errors, result.error));
  };
  const cancelByKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onCancelled();
  };
  return (
    <form
      ref={form}
      noValidate
      onSubmit={save}
      onKeyDown={cancelByKey}
      className="flex flex-wrap items-start gap-2 sm:ps-10"
    >
      <div className="min-w-0 flex-[1_1_14rem]">
        <TextField
          id={`name-${passkey.id}`}
          name="name"
          label={label}
          defaultValue={passkey.name}
          onChange={(event) => setTyped(event.currentTarget.value.trim())}
          error={failure}
          autoComplete="off"
        />
      </div>
      {/* Beside the field, below its label, also when an error follows the field. */}
      <div className="flex flex-wrap items-center gap-2 sm:pt-7">
        <SubmitButton isPending={isPending} pendingLabel={common('working')}>
          {t('save')}
        </SubmitButton>
        <Button variant="quiet" onClick={onCancelled}>
          {t('cancel')}
        </Button>
        {beside?.(typed)}
      </div>
    </form>
  );
}
