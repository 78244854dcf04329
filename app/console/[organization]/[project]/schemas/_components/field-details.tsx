'use client';

import { useId } from 'react';
import { CheckboxField } from '@/components/ui/form/checkbox-field';
import { SelectField } from '@/components/ui/form/select-field';
import { TextField } from '@/components/ui/form/text-field';
import type { Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { DraftRow } from '@/lib/schema/model/draft';
import type { DraftEdit } from '@/lib/schema/model/draft-edit';
import { FieldKey } from './field-key';
import { FieldTexts } from './field-texts';
import { FieldValue } from './field-value';

type Props = {
  row: DraftRow;
  /** Keys of its siblings. */
  taken: readonly string[];
  isPublished: boolean;
  locale: Locale;
  onEdit: (edit: DraftEdit) => void;
};

const RIGHTS = ['write', 'writeOnce', 'read', 'hidden'] as const;

/** Everything the form knows about one field, or one group. */
export function FieldDetails({ row, taken, isPublished, locale, onEdit }: Props) {
  const t = useTranslations('consoleSchemaEditor.field');
  const id = useId();
  const { path, kind, title, description, isRequired } = row;
  const key = path.at(-1) ?? '';
  const edit = (keyword: 'title' | 'description', value: string) =>
    onEdit({ op: 'text', path, keyword, language: null, value });
  return (
    <div className="grid gap-4 pt-1 pb-5 sm:grid-cols-2">
      <TextField
        name={`${id}title`}
        label={t('title')}
        placeholder={key}
        dir="auto"
        value={title}
        onChange={({ target }) => edit('title', target.value)}
      />
      <FieldKey
        value={key}
        taken={taken}
        isFixed={isPublished}
        onRename={(renamed) => onEdit({ op: 'rename', path, key: renamed })}
      />
      {kind === 'field' && <FieldValue row={row} onEdit={onEdit} />}
      {kind === 'other' && <p className="text-sm text-muted sm:col-span-2">{t('typeInJson')}</p>}
      <div className="sm:col-span-2">
        <TextField
          name={`${id}description`}
          label={t('description')}
          dir="auto"
          value={description}
          onChange={({ target }) => edit('description', target.value)}
        />
      </div>
      {kind !== 'group' && <Access row={row} onEdit={onEdit} />}
      <CheckboxField
        name={`${id}required`}
        label={t('required')}
        checked={isRequired}
        onChange={({ target }) => onEdit({ op: 'required', path, isRequired: target.checked })}
      />
      <div className="sm:col-span-2">
        <FieldTexts row={row} locale={locale} onEdit={onEdit} />
      </div>
    </div>
  );
}

/** What people may do with the value. An identifier is always visible to them. */
function Access({ row, onEdit }: Pick<Props, 'row' | 'onEdit'>) {
  const t = useTranslations('consoleSchemaEditor.field');
  const rights = useTranslations('consoleSchemas.detail');
  const id = useId();
  const { path, selfService, identifier, canIdentify } = row;
  const words = {
    write: rights('write'),
    writeOnce: rights('writeOnce'),
    read: rights('read'),
    hidden: rights('hide'),
  };
  const offered = RIGHTS.filter((right) => right !== 'hidden' || identifier === 'no' || selfService === 'hidden');
  return (
    <>
      <SelectField
        name={`${id}access`}
        label={t('selfService')}
        value={selfService}
        options={offered.map((right) => ({ value: right, text: words[right] }))}
        onChange={({ target }) => {
          const chosen = RIGHTS.find((right) => right === target.value);
          if (chosen) onEdit({ op: 'selfService', path, right: chosen });
        }}
      />
      <div className="self-end sm:col-start-2">
        {canIdentify && (
          <CheckboxField
            name={`${id}identifier`}
            label={t('identifier')}
            help={identifier === 'elsewhere' ? t('identifierInJson') : t('identifierHelp')}
            checked={identifier !== 'no'}
            disabled={identifier === 'elsewhere'}
            onChange={({ target }) => onEdit({ op: 'identifier', path, isIdentifier: target.checked })}
          />
        )}
      </div>
    </>
  );
}
