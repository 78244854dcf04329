'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { ShownSecret } from '@/components/api-credential/credential-commands';
import { ScopeField } from '@/components/api-credential/scope-field';
import { SecretDialog } from '@/components/api-credential/secret-dialog';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { TextField } from '@/components/ui/form/text-field';
import { FormDialog } from '@/components/ui/overlay/form-dialog';
import { type GrantableScope, MAX_NAME_LENGTH, PRESETS } from '@/lib/api-credential/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  create: (input: { name: string; scopes: GrantableScope[] }) => Promise<ActionResult<ShownSecret>>;
  /** The detail view of a credential is at `{base}/{clientId}`. */
  base: string;
};

/** Asks for name and scopes, shows the secret once, then opens the detail view. Each opening starts with an empty form. */
export function AddCredentialDialog({ isOpen, onOpenChange, create, base }: Props) {
  const all = useTranslations('consoleCredentials');
  const t = useTranslations('consoleCredentials.create');
  const words = useTranslations('consoleCredentials.secret');
  const common = useTranslations('common');
  const router = useRouter();
  const { run, isPending, failure, isCancelled, setFailure } = useStepUpAction();
  const [fault, setFault] = useState<string>();
  const [scopes, setScopes] = useState<GrantableScope[]>([...PRESETS.full]);
  const [scopesFault, setScopesFault] = useState<string>();
  const [secret, setSecret] = useState<ShownSecret>();

  const [wasOpen, setWasOpen] = useState(isOpen);
  if (wasOpen !== isOpen) {
    setWasOpen(isOpen);
    if (isOpen) {
      setFault(undefined);
      setScopes([...PRESETS.full]);
      setScopesFault(undefined);
      setFailure(undefined);
    }
  }
  const submit = async (form: FormData) => {
    const name = String(form.get('name') ?? '').trim();
    setFault(undefined);
    if (name === '') return setFault(t('nameMissing'));
    if (name.length > MAX_NAME_LENGTH) return setFault(t('nameTooLong', { max: MAX_NAME_LENGTH }));
    setScopesFault(scopes.length === 0 ? all('scopesMissing') : undefined);
    if (scopes.length === 0) return;
    const result = await run(() => create({ name, scopes }));
    if (result?.ok) {
      setSecret(result.value);
      onOpenChange(false);
    } else if (result?.error.code === 'invalid_input') {
      setFailure(undefined);
      setFault(t('nameRefused'));
    }
  };
  const finish = (clientId: string) => {
    setSecret(undefined);
    router.push(`${base}/${clientId}`);
  };
  return (
    <>
      <FormDialog
        isOpen={isOpen}
        onOpenChange={onOpenChange}
        title={t('title')}
        description={<p>{t('body')}</p>}
        cancelLabel={common('cancel')}
        closeLabel={common('close')}
        submitLabel={t('submit')}
        isPending={isPending}
        pendingLabel={common('working')}
        note={<ActionNote failure={failure} isCancelled={isCancelled} />}
        onSubmit={submit}
      >
        <TextField id="credential-name" name="name" label={t('name')} error={fault} autoComplete="off" />
        <ScopeField value={scopes} onValueChange={setScopes} error={scopesFault} />
      </FormDialog>
      {secret && <SecretDialog secret={secret} title={words('title')} onClose={() => finish(secret.clientId)} />}
    </>
  );
}
