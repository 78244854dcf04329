'use client';

import { useEffect, useState } from 'react';
import { ActionNote } from '@/components/step-up/action-note';
import { SelectField } from '@/components/ui/form/select-field';
import { TextAreaField } from '@/components/ui/form/text-area-field';
import { TextField } from '@/components/ui/form/text-field';
import { FormDialog } from '@/components/ui/overlay/form-dialog';
import { Skeleton } from '@/components/ui/skeleton';
import type { BulkRequest } from '@/lib/bulk/model';
import { isBulkPointer } from '@/lib/bulk/model/change';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import { type Json, toPointer } from '@/lib/platform/json';
import type { BulkChoices, FieldChoice } from '../jobs/choices';

export type ChangeKind = 'field' | 'schema';

type Props = {
  what: ChangeKind;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  choices: () => Promise<ActionResult<BulkChoices>>;
  /** Continues with the preview. */
  onChosen: (request: BulkRequest) => void;
};

/** Asks what to set, remove or move; the dialog that follows counts and confirms it. */
export function ChangeDialog({ what, isOpen, onOpenChange, choices, onChosen }: Props) {
  const t = useTranslations('consoleUsers.bulk.change');
  const common = useTranslations('common');
  const { known, isFailed } = useChoices(choices, isOpen);
  const [draft, setDraft] = useState(EMPTY);
  const [fault, setFault] = useState<{ field: 'name' | 'value'; text: string }>();
  const [wasOpen, setWasOpen] = useState(isOpen);
  if (wasOpen !== isOpen) {
    setWasOpen(isOpen);
    if (isOpen) setFault(undefined);
  }
  const submit = async (form: FormData) => {
    if (!known) return;
    const read = what === 'schema' ? readSchema(form) : readField(draft, known, form);
    if ('fault' in read) return setFault({ field: read.fault, text: t(`faults.${read.fault}`) });
    setFault(undefined);
    onChosen(read);
  };
  const edit = (change: Partial<Draft>) => setDraft((last) => ({ ...last, ...change }));
  return (
    <FormDialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={t(`title.${what}`)}
      description={<p>{t(`body.${what}`)}</p>}
      cancelLabel={common('cancel')}
      closeLabel={common('close')}
      submitLabel={t('preview')}
      isPending={false}
      pendingLabel={common('working')}
      note={<ActionNote failure={isFailed ? t('notLoaded') : undefined} isCancelled={false} />}
      onSubmit={submit}
    >
      {!known && !isFailed && <Skeleton className="h-32 w-full" />}
      {known && what === 'schema' && (
        <SelectField
          name="schema"
          label={t('schema')}
          options={known.schemas.map((schema) => ({ value: schema, text: schema }))}
        />
      )}
      {known && what === 'field' && <FieldFields known={known} draft={draft} edit={edit} fault={fault} />}
    </FormDialog>
  );
}

const OTHERS = ['metadata_public', 'metadata_admin', 'trait'] as const;
type Other = (typeof OTHERS)[number];
const TYPES = ['text', 'number', 'boolean', 'json'] as const;

type Draft = { field: string; change: 'set' | 'remove'; type: FieldChoice['type'] };
const EMPTY: Draft = { field: '', change: 'set', type: 'text' };

type FieldsProps = {
  known: BulkChoices;
  draft: Draft;
  edit: (change: Partial<Draft>) => void;
  fault: { field: 'name' | 'value'; text: string } | undefined;
};

function FieldFields({ known, draft, edit, fault }: FieldsProps) {
  const t = useTranslations('consoleUsers.bulk.change');
  const choice = choiceOf(known, draft);
  const other = otherOf(known, draft);
  const faultOf = (field: 'name' | 'value') => (fault?.field === field ? fault.text : undefined);
  return (
    <>
      <SelectField
        name="field"
        label={t('field')}
        value={choice?.pointer ?? other ?? ''}
        onChange={({ target }) => edit({ field: target.value })}
        options={[
          ...known.fields.map(({ pointer, title }) => ({ value: pointer, text: title })),
          ...OTHERS.map((one) => ({ value: one, text: t(`others.${one}`) })),
        ]}
      />
      {other && (
        <TextField
          name="name"
          label={t(other === 'trait' ? 'pointer' : 'member')}
          help={other === 'trait' ? t('pointerHelp') : undefined}
          autoComplete="off"
          error={faultOf('name')}
        />
      )}
      <SelectField
        name="change"
        label={t('change')}
        value={draft.change}
        onChange={({ target }) => edit({ change: target.value === 'remove' ? 'remove' : 'set' })}
        options={[
          { value: 'set', text: t('set') },
          { value: 'remove', text: t('remove') },
        ]}
      />
      {draft.change === 'set' && (
        <>
          {other && (
            <SelectField
              name="type"
              label={t('type')}
              value={draft.type}
              onChange={({ target }) => edit({ type: TYPES.find((type) => type === target.value) ?? 'text' })}
              options={TYPES.map((type) => ({ value: type, text: t(`types.${type}`) }))}
            />
          )}
          <ValueField choice={choice} type={choice?.type ?? draft.type} error={faultOf('value')} />
        </>
      )}
    </>
  );
}

type ValueProps = { choice: FieldChoice | undefined; type: FieldChoice['type']; error: string | undefined };

function ValueField({ choice, type, error }: ValueProps) {
  const t = useTranslations('consoleUsers.bulk.change');
  const label = t('value');
  if (choice && choice.options.length > 0) {
    const options = choice.options.map(({ value, text }) => ({ value: JSON.stringify(value), text }));
    return <SelectField key={choice.pointer} name="value" label={label} options={options} error={error} />;
  }
  if (type === 'boolean') {
    const options = (['true', 'false'] as const).map((value) => ({ value, text: t(value) }));
    return <SelectField key="boolean" name="value" label={label} options={options} error={error} />;
  }
  if (type === 'json')
    return <TextAreaField name="value" label={label} help={t('jsonHelp')} isMonospace error={error} />;
  const numeric = type === 'number' ? ({ inputMode: 'decimal' } as const) : {};
  return <TextField name="value" label={label} autoComplete="off" {...numeric} error={error} />;
}

function otherOf(known: BulkChoices, { field }: Draft): Other | undefined {
  return OTHERS.find((one) => one === field) ?? (known.fields.length === 0 ? 'metadata_public' : undefined);
}

function choiceOf(known: BulkChoices, draft: Draft): FieldChoice | undefined {
  if (otherOf(known, draft)) return undefined;
  return known.fields.find(({ pointer }) => pointer === draft.field) ?? known.fields[0];
}

type Fault = { fault: 'name' | 'value' };

function readSchema(form: FormData): BulkRequest {
  return { kind: 'move_schema', schemaId: String(form.get('schema') ?? '') };
}

function readField(draft: Draft, known: BulkChoices, form: FormData): BulkRequest | Fault {
  const choice = choiceOf(known, draft);
  const name = String(form.get('name') ?? '').trim();
  const pointer = choice?.pointer ?? pointerOf(otherOf(known, draft), name);
  if (!isBulkPointer(pointer)) return { fault: 'name' };
  if (draft.change === 'remove') return { kind: 'remove_field', pointer };
  const value = readValue(String(form.get('value') ?? ''), choice?.type ?? draft.type, choice);
  return value === undefined ? { fault: 'value' } : { kind: 'set_field', pointer, value };
}

/** A trait by its JSON Pointer, with or without `/traits`; a member of metadata by its name. */
function pointerOf(other: Other | undefined, name: string): string {
  if (other !== 'trait') return toPointer([other ?? '', name]);
  return name.startsWith('/traits/') ? name : `/traits${name.startsWith('/') ? name : `/${name}`}`;
}

/** Undefined: not a value of the type. */
function readValue(typed: string, type: FieldChoice['type'], choice: FieldChoice | undefined): Json | undefined {
  if (type === 'text' && !choice?.options.length) return typed.trim() === '' ? undefined : typed.trim();
  if (type === 'number' && !/^-?\d+([.,]\d+)?$/.test(typed.trim())) return undefined;
  const text = type === 'number' ? typed.trim().replace(',', '.') : typed;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Asks again each time the dialog opens. */
function useChoices(ask: Props['choices'], isOpen: boolean) {
  const [known, setKnown] = useState<BulkChoices>();
  const [isFailed, setFailed] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the action is the same behind the open dialog
  useEffect(() => {
    if (!isOpen) return;
    let isCurrent = true;
    setFailed(false);
    ask()
      .catch(() => null)
      .then((result) => {
        if (!isCurrent) return;
        if (result?.ok) setKnown(result.value);
        else setFailed(true);
      });
    return () => {
      isCurrent = false;
    };
  }, [isOpen]);
  return { known, isFailed };
}
