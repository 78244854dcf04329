'use client';

import { useRef } from 'react';
import { ScopeField } from '@/components/api-credential/scope-field';
import { EditFrame } from '@/components/edit/edit-frame';
import { useEditForm } from '@/components/edit/use-edit-form';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { DateTimeField } from '@/components/ui/form/date-time-field';
import { RadioField } from '@/components/ui/form/radio-field';
import { TextField } from '@/components/ui/form/text-field';
import { useToast } from '@/components/ui/overlay/toast';
import { useHydrated } from '@/components/ui/use-hydrated';
import { AUTH_METHODS, type AuthMethod, isGrantable, MAX_NAME_LENGTH, permissionOf } from '@/lib/api-credential/model';
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

/** Name, authentication method, scopes and expiry. The toast after another method was saved takes a mistake back. */
export function SettingsForm({ clientId, settings, locale, change }: Props) {
  const t = useTranslations('consoleCredentials.settings');
  const detail = useTranslations('consoleCredentials.detail');
  const help = useTranslations('consoleCredentials.methodHelp');
  const isHydrated = useHydrated();
  const messageOf = useViolationMessage();
  const inWords = useValueInWords(locale);
  const method = useMethodToast(clientId, change, (authMethod) => form.adopt({ authMethod }));
  const expires = useRef<HTMLInputElement>(null);
  const form = useEditForm(
    toFields(settings),
    async (edit) => {
      const made = toChange(edit);
      const result = await change({ clientId, ...made });
      if (!result.ok) return result;
      if (made.mine.authMethod) method.announce(made.base.authMethod, made.mine.authMethod);
      return { ok: true, value: toFields(result.value) };
    },
    {
      validate: (edit) =>
        expires.current?.validity.badInput
          ? [{ pointer: '/expiresAt', message: '', keyword: 'format' }]
          : violationsOf(edit, new Date()),
    },
  );
  const labels = { name: t('name'), authMethod: detail('method'), scopes: t('permission'), expiresAt: t('expires') };
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
          <RadioField
            name="auth-method"
            legend={labels.authMethod}
            value={form.mine.authMethod}
            onValueChange={(value) => {
              const chosen = AUTH_METHODS.find((method) => method === value);
              if (chosen) form.edit({ authMethod: chosen });
            }}
            options={AUTH_METHODS.map((method) => ({ value: method, text: method, help: help(method) }))}
            help={detail('methodHelp')}
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
          <ActionNote failure={method.failure} isCancelled={method.isCancelled} />
        </>
      )}
    </EditFrame>
  );
}

/** Says which method applies from now on, with an undo; `failure` is why that was refused. */
function useMethodToast(clientId: string, change: ChangeCredential, onUndone: (method: AuthMethod) => void) {
  const t = useTranslations('consoleCredentials.detail');
  const common = useTranslations('common');
  const toast = useToast();
  const { run, failure, isCancelled } = useStepUpAction();
  const undo = async (saved: AuthMethod, previous: AuthMethod) => {
    const edit = { base: { authMethod: saved }, mine: { authMethod: previous } };
    if (!(await run(() => change({ clientId, ...edit })))?.ok) return;
    onUndone(previous);
    toast({ text: t('methodSaved', { method: previous }) });
  };
  const announce = (previous: AuthMethod | undefined, saved: AuthMethod) =>
    toast({
      text: t('methodSaved', { method: saved }),
      ...(previous && { action: { label: common('undo'), onSelect: () => void undo(saved, previous) } }),
    });
  return { announce, failure, isCancelled };
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
