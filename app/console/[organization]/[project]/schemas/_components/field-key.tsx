'use client';

import { type KeyboardEvent, useId, useState } from 'react';
import { TextField } from '@/components/ui/form/text-field';
import { useTranslations } from '@/lib/i18n/use-translations';

type Props = {
  value: string;
  /** Keys of its siblings. */
  taken: readonly string[];
  /** Published: users may have values under it. */
  isFixed: boolean;
  onRename: (key: string) => void;
};

/** The key of a field, renamed by Enter or on leaving: each rename moves the field to another path. */
export function FieldKey({ value, taken, isFixed, onRename }: Props) {
  const t = useTranslations('consoleSchemaEditor.field');
  const id = useId();
  const [typed, setTyped] = useState(value);
  const error =
    typed === value
      ? undefined
      : typed === ''
        ? t('keyMissing')
        : taken.includes(typed) || typed === '__proto__'
          ? t('keyTaken')
          : undefined;
  const commit = () => {
    if (error === undefined && typed !== value) onRename(typed);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') commit();
    if (event.key === 'Escape') setTyped(value);
  };
  return (
    <TextField
      name={`${id}key`}
      label={t('key')}
      help={isFixed ? t('keyFixed') : t('keyHelp')}
      error={error}
      className="font-mono"
      autoCapitalize="none"
      autoComplete="off"
      spellCheck={false}
      readOnly={isFixed}
      value={isFixed ? value : typed}
      onChange={({ target }) => setTyped(target.value)}
      onBlur={commit}
      onKeyDown={onKeyDown}
    />
  );
}
