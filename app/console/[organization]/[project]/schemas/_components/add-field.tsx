'use client';

import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { SelectField } from '@/components/ui/form/select-field';
import { TextField } from '@/components/ui/form/text-field';
import { Plus } from '@/components/ui/icons';
import { useTranslations } from '@/lib/i18n/use-translations';
import { FIELD_TYPES, type FieldType } from '@/lib/schema/model/draft';

type Props = {
  /** The id of its button. */
  id: string;
  /** The title of the group it adds to. */
  group: string | null;
  onAdd: (field: { title: string; type: FieldType | 'group' }) => void;
};

const TYPES = [...FIELD_TYPES, 'group'] as const;

/** A button that opens a line for title and type. The key follows from the title. */
export function AddField({ id, group, onAdd }: Props) {
  const t = useTranslations('consoleSchemaEditor.form');
  const words = useTranslations('consoleSchemaEditor.field');
  const common = useTranslations('common');
  const names = useId();
  const [isOpen, setOpen] = useState(false);
  const [title, setTitle] = useState('');
  const [type, setType] = useState<FieldType | 'group'>('string');
  const field = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isOpen) field.current?.focus();
  }, [isOpen]);
  const close = () => {
    setOpen(false);
    setTitle('');
    setType('string');
  };
  const cancel = () => {
    close();
    requestAnimationFrame(() => button.current?.focus());
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (title.trim() === '') return field.current?.focus();
    onAdd({ title: title.trim(), type });
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') cancel();
  };
  if (!isOpen)
    return (
      <div>
        <Button ref={button} id={id} size="small" icon={<Plus size={16} aria-hidden />} onClick={() => setOpen(true)}>
          {group === null ? t('add') : t('addTo', { group })}
        </Button>
      </div>
    );
  return (
    <form
      onSubmit={submit}
      noValidate
      onKeyDown={onKeyDown}
      aria-label={t('adding')}
      className="flex flex-col gap-4 rounded-md border border-line bg-sunken p-4"
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          ref={field}
          name={`${names}title`}
          label={words('title')}
          dir="auto"
          required
          value={title}
          onChange={({ target }) => setTitle(target.value)}
        />
        <SelectField
          name={`${names}type`}
          label={words('type')}
          value={type}
          options={TYPES.map((each) => ({ value: each, text: words(`types.${each}`) }))}
          onChange={({ target }) => setType(TYPES.find((each) => each === target.value) ?? 'string')}
        />
      </div>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" size="small" variant="primary">
          {t('addSubmit')}
        </Button>
        <Button size="small" variant="quiet" onClick={cancel}>
          {common('cancel')}
        </Button>
      </div>
    </form>
  );
}
