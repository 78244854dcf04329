'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { TraitFields } from '@/components/identity/trait-fields';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { ButtonLink } from '@/components/ui/button-link';
import { CheckboxField } from '@/components/ui/form/checkbox-field';
import { RadioField } from '@/components/ui/form/radio-field';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { useUnsavedChanges } from '@/components/ui/form/use-unsaved-changes';
import { useToast } from '@/components/ui/overlay/toast';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { IdentityState } from '@/lib/identity/model';
import { type FormField, toEdits, untouched } from '@/lib/identity/model/traits-form';
import type { ActionResult } from '@/lib/platform/action-result';
import { CopyCurl } from '../../[id]/_components/copy-curl';
import { newUserCommand } from '../../commands';
import { toNewIdentity } from '../new-identity';

type Create = (input: {
  schemaId: string;
  values: Record<string, string>;
  state: IdentityState;
  isInvited: boolean;
}) => Promise<ActionResult<{ id: string; name: string }>>;

type Props = {
  schemaId: string;
  traits: FormField[];
  /** The pointer of each trait, for the command. */
  paths: Array<{ pointer: string; path: string[] }>;
  beside: FormField;
  origin: string;
  usersHref: string;
  create: Create;
};

/** The fields of a new user, from the schema. */
export function NewUserForm({ schemaId, traits, paths, beside, origin, usersHref, create }: Props) {
  const t = useTranslations('consoleUsers');
  const common = useTranslations('common');
  const router = useRouter();
  const toast = useToast();
  const fields = [...traits, beside];
  const [form, setForm] = useState(() => untouched(Object.fromEntries(fields.map(({ pointer }) => [pointer, '']))));
  const [state, setState] = useState<IdentityState>('active');
  const [isInvited, setInvited] = useState(false);
  const { run, isPending, failure, isCancelled } = useStepUpAction();
  const [isCreated, setCreated] = useState(false);
  const isDirty = Object.values(form.mine).some((value) => value !== '');
  useUnsavedChanges(isDirty && !isCreated);
  const willInvite = isInvited && state === 'active';
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const result = await run(() => create({ schemaId, values: form.mine, state, isInvited: willInvite }));
    if (!result) return;
    if (result.ok) {
      setCreated(true);
      toast({ text: t(willInvite ? 'create.createdAndInvited' : 'create.created', { name: result.value.name }) });
      return router.push(`${usersHref}/${result.value.id}`);
    }
    const violations = 'violations' in result.error ? (result.error.violations ?? []) : [];
    setForm((before) => ({ ...before, violations }));
  };
  const edits = toEdits(fields, { mine: form.mine, base: {} });
  const { traits: values, externalId } = toNewIdentity(paths, edits, { schemaId, state });
  const body = { schema_id: schemaId, state, traits: values, ...(externalId !== null && { external_id: externalId }) };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      <TraitFields
        fields={fields}
        form={form}
        onEdit={(pointer, value) => setForm((before) => ({ ...before, mine: { ...before.mine, [pointer]: value } }))}
        onChoose={() => undefined}
      />
      <RadioField
        name="state"
        legend={t('create.state')}
        value={state}
        onValueChange={(value) => setState(value === 'inactive' ? 'inactive' : 'active')}
        options={[
          { value: 'active', text: t('state.active'), help: t('create.activeHelp') },
          { value: 'inactive', text: t('state.inactive'), help: t('create.inactiveHelp') },
        ]}
      />
      <CheckboxField
        name="invite"
        label={t('create.invite')}
        help={t('create.inviteHelp')}
        checked={willInvite}
        disabled={state === 'inactive'}
        onChange={(event) => setInvited(event.target.checked)}
      />
      <ActionNote failure={form.violations.length === 0 ? failure : undefined} isCancelled={isCancelled} />
      <div className="flex flex-wrap items-center gap-2">
        <SubmitButton isPending={isPending} pendingLabel={common('working')}>
          {t('create.submit')}
        </SubmitButton>
        <ButtonLink href={usersHref} variant="quiet">
          {common('cancel')}
        </ButtonLink>
        {isDirty && <CopyCurl command={newUserCommand(origin, body)} />}
      </div>
    </form>
  );
}
