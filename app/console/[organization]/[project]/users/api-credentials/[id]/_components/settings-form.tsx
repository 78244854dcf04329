'use client';

import { useRef } from 'react';
import { ScopeField } from '@/components/api-credential/scope-field';
import { EditFrame } from '@/components/edit/edit-frame';
import { useEditForm } from '@/components/edit/use-edit-form';
import { DateTimeField } from '@/components/ui/form/date-time-field';
import { TextField } from '@/components/ui/form/text-field';
import { useHydrated } from '@/components/ui/use-hydrated';
import { isGrantable, MAX_NAME_LENGTH, permissionOf } from '@/lib/api-credential/model';
import { formatExact, type Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { Violation } from '@/lib/platform/errors';
import type { Json } from '@/lib/platform/json';
import {
  type ChangeCredential,
  type EditableSettings,
  fromLocalText,
  toChange,
  toFields,
  toLocalText,
  violationsOf,
} from './settings-fields';

type Props = { clientId: string; settings: EditableSettings; locale: Locale; change: ChangeCredential };

/** Name, scopes and expiry. */
export function SettingsForm({ clientId, settings, locale, change }: Props) {
  const t = useTranslations('consoleCredentials.settings');
  const isHydrated = useHydrated();
  const messageOf = useViolationMessage();
  const inWords = useValueInWords(locale);
  const expires = useRef<HTMLInputElement>(null);
  const form = useEditForm(
    toFields(settings),
    async (edit) => {
      const result = await change({ clientId, ...toChange(edit) });
      return result.ok ? { ok: true, value: toFields(result.value) } : result;
    },
    {
      validate: (edit) =>
        expires.current?.validity.badInput
          ? [{ pointer: '/expiresAt', message: '', keyword: 'format' }]
          : violationsOf(edit, new Date()),
    },
  );
  const labels = { name: t('name'), scopes: t('permission'), expiresAt: t('expires') };
  const zone = isHydrated ? Intl.DateTimeFormat().resolvedOptions().timeZone : 'UTC';
  return (
    <EditFrame form={form} labels={labels} messageOf={messageOf} inWords={inWords} isOneOfMany mayEdit>
      {(errorOf) => (
        <>
          <TextField
            name="name"
            label={labels.name}
            value={form.mine.name}
            onChange={({ target }) => form.edit({ name: target.value })}
            error={errorOf('name')}
            autoComplete="off"
          />
          <ScopeField
            value={form.mine.scopes}
            onValueChange={(scopes) => form.edit({ scopes })}
            error={errorOf('scopes')}
          />
          <DateTimeField
            ref={expires}
            name="expiresAt"
            label={labels.expiresAt}
            help={t('expiresHelp', { zone })}
            value={isHydrated ? toLocalText(form.mine.expiresAt) : ''}
            onChange={({ target }) => form.edit({ expiresAt: fromLocalText(target.value, form.base.expiresAt) })}
            error={errorOf('expiresAt')}
          />
        </>
      )}
    </EditFrame>
  );
}

function useViolationMessage() {
  const t = useTranslations('consoleCredentials');
  return ({ pointer, keyword }: Violation): string => {
    if (pointer.endsWith('/expiresAt'))
      return t(`settings.${keyword === 'format' ? 'expiresUnreadable' : 'expiresPast'}`);
    if (pointer.endsWith('/scopes')) return t('scopesMissing');
    if (keyword === 'required') return t('create.nameMissing');
    return keyword === 'maxLength' ? t('create.nameTooLong', { max: MAX_NAME_LENGTH }) : t('create.nameRefused');
  };
}

function useValueInWords(locale: Locale) {
  const t = useTranslations('consoleCredentials');
  return (name: string, value: Json): string => {
    if (name === 'expiresAt')
      return typeof value === 'string' ? formatExact(new Date(value), locale) : t('settings.noExpiry');
    if (!Array.isArray(value)) return String(value ?? '');
    // A preset by name; any other list by its scopes.
    const permission = permissionOf(value.filter(isGrantable));
    return permission === 'custom' ? value.join(', ') : t(`permissions.${permission}`);
  };
}
