'use client';

import { type FormEvent, useState } from 'react';
import { toPatch } from '@/components/identity/admin-command';
import { TraitFields } from '@/components/identity/trait-fields';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { useUnsavedChanges } from '@/components/ui/form/use-unsaved-changes';
import { useUndo } from '@/components/undo/undo-provider';
import { useTranslations } from '@/lib/i18n/use-translations';
import {
  type FormField,
  resolveTraits,
  type TraitsFormState,
  toEdits,
  unresolvedForm,
  untouched,
} from '@/lib/identity/model/traits-form';
import type { ActionResult } from '@/lib/platform/action-result';
import { isSameJson, type JsonObject } from '@/lib/platform/json';
import { userCommands } from '../../../commands';
import { CopyCurl } from '../../_components/copy-curl';

type Texts = Record<string, string>;

type Props = {
  id: string;
  fields: FormField[];
  values: Texts;
  canSave: boolean;
  save: (input: { id: string; base: Texts; mine: Texts }) => Promise<ActionResult<TraitsFormState>>;
  /** The form's base values and its admin API path. */
  document: JsonObject;
  origin: string;
};

/** A user's fields. Concurrent changes are shown beside the typed values, never overwritten. */
export function UserForm({ id, fields, values, canSave, save, document, origin }: Props) {
  const t = useTranslations('settings');
  const common = useTranslations('common');
  const [form, setForm] = useState(() => untouched(values));
  const [isDirty, setDirty] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const [shownValues, setShownValues] = useState(values);
  if (shownValues !== values) {
    // Those of this form's save, with what others changed since; or those that an undo restored. Typed ones stay.
    setShownValues(values);
    setSaving(false);
    if (!isDirty) setForm({ ...untouched(values), ...(isSaving && { outcome: form.outcome }) });
  }
  const undo = useTranslations('undo');
  const { announce } = useUndo();
  const { run, isPending, failure, isCancelled } = useStepUpAction();
  useUnsavedChanges(isDirty);
  const edit = (pointer: string, value: string) => {
    setDirty(true);
    setForm((before) => ({ ...before, outcome: 'untouched', mine: { ...before.mine, [pointer]: value } }));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (form.conflicts.length > 0) return setForm(unresolvedForm);
    setSaving(true);
    const result = await run(() => save({ id, mine: form.mine, base: form.base }));
    const isSaved = result?.ok && result.value.outcome === 'saved';
    if (!isSaved) setSaving(false);
    if (!result?.ok) return;
    setForm(result.value);
    if (!isSaved) return;
    setDirty(false);
    if (result.value.undo) announce(undo('saved'), result.value.undo);
  };
  const command = commandOf(fields, form, { id, document, origin });
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      <TraitFields
        fields={fields}
        form={form}
        onEdit={edit}
        onChoose={(side, pointer) => {
          setDirty(true);
          setForm((before) => resolveTraits(before, pointer, side));
        }}
      />
      {canSave && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <SubmitButton isPending={isPending} pendingLabel={t('saving')}>
            {common('edit.save')}
          </SubmitButton>
          {command && <CopyCurl command={command} />}
          <p role="status" className="text-sm text-success">
            {form.outcome === 'saved' && common('edit.saved')}
          </p>
        </div>
      )}
      <ActionNote failure={failure} isCancelled={isCancelled} />
    </form>
  );
}

type Target = Pick<Props, 'id' | 'document' | 'origin'>;

/** Unsaved edits as one API call; null if there are none or they cannot be parsed. */
function commandOf(fields: FormField[], form: TraitsFormState, { id, document, origin }: Target): string | null {
  const edits = toEdits(fields, form).filter(({ base, mine }) => !isSameJson(base, mine));
  const isJson = (pointer: string) => fields.some((field) => field.pointer === pointer && field.type === 'json');
  const isUnread = edits.some(({ pointer, mine }) => isJson(pointer) && mine === form.mine[pointer]?.trim());
  if (edits.length === 0 || isUnread) return null;
  return userCommands(origin, id).change(toPatch(document, edits));
}
