'use client';

import { useState } from 'react';
import { CheckboxField } from '@/components/ui/form/checkbox-field';
import { describedBy, FieldNotes, fieldId } from '@/components/ui/form/field-frame';
import { RadioField } from '@/components/ui/form/radio-field';
import {
  GRANTABLE_SCOPES,
  type GrantableScope,
  inOrder,
  isPreset,
  PERMISSIONS,
  PRESETS,
  permissionOf,
} from '@/lib/api-credential/model';
import { useTranslations } from '@/lib/i18n/use-translations';

type Props = {
  value: readonly GrantableScope[];
  onValueChange: (scopes: GrantableScope[]) => void;
  error?: string | undefined;
};

/** The scopes of an API credential: a preset that fills the list, or individual scopes. */
export function ScopeField({ value, onValueChange, error }: Props) {
  const t = useTranslations('consoleCredentials');
  const [isListOpen, setListOpen] = useState(false);
  const permission = isListOpen ? 'custom' : permissionOf(value);
  const choose = (word: string) => {
    setListOpen(!isPreset(word));
    if (isPreset(word)) onValueChange([...PRESETS[word]]);
  };
  const set = (scope: GrantableScope, isGranted: boolean) => {
    setListOpen(true);
    onValueChange(isGranted ? inOrder([...value, scope]) : value.filter((each) => each !== scope));
  };
  const id = fieldId('scopes');
  return (
    <>
      <RadioField
        name="permission"
        legend={t('settings.permission')}
        value={permission}
        onValueChange={choose}
        options={PERMISSIONS.map((word) => ({
          value: word,
          text: t(`permissions.${word}`),
          help: t(`permissionHelp.${word}`),
        }))}
      />
      {permission === 'custom' && (
        <fieldset
          aria-describedby={describedBy(id, { error })}
          className="flex min-w-0 flex-col gap-1.5 border-line border-s ps-4"
        >
          <legend className="sr-only">{t('scopes')}</legend>
          <div className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
            {GRANTABLE_SCOPES.map((scope, index) => (
              <CheckboxField
                key={scope}
                id={index === 0 ? id : `${id}-${index}`}
                name="scope"
                value={scope}
                label={t(`scopeWords.${toKey(scope)}`)}
                help={<code className="font-mono text-xs">{scope}</code>}
                checked={value.includes(scope)}
                onChange={({ target }) => set(scope, target.checked)}
              />
            ))}
          </div>
          <FieldNotes id={id} error={error} />
        </fieldset>
      )}
    </>
  );
}

/** Catalogue keys cannot contain a colon. */
function toKey<Scope extends GrantableScope>(scope: Scope) {
  return scope.replace(':', '_') as Scope extends `${infer Noun}:${infer Verb}` ? `${Noun}_${Verb}` : never;
}
