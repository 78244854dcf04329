'use client';

import type { FormEvent, ReactNode } from 'react';
import { ScopeField } from '@/components/api-credential/scope-field';
import { DateTimeField } from '@/components/ui/form/date-time-field';
import { ErrorSummary } from '@/components/ui/form/error-summary';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { TextField } from '@/components/ui/form/text-field';
import { Notice } from '@/components/ui/notice';
import { useHydrated } from '@/components/ui/use-hydrated';
import { type GrantableScope, MAX_NAME_LENGTH, type Permission, permissionOf } from '@/lib/api-credential/model';
import { formatExact, type Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ChangeCredential, Settings } from './change-credential';
import { FieldConflict } from './field-conflict';
import { FIELDS, type Field, toLocalText } from './settings-draft';
import { useSettings } from './use-settings';

type Props = { clientId: string; settings: Settings; locale: Locale; change: ChangeCredential };

/** Name, scopes and expiry; concurrent changes are shown beside their fields, to choose from. */
export function SettingsForm({ clientId, settings, locale, change }: Props) {
  const t = useTranslations('consoleCredentials.settings');
  const create = useTranslations('consoleCredentials.create');
  const common = useTranslations('common');
  const form = useSettings(settings, (input) => change({ clientId, ...input }));
  const isHydrated = useHydrated();
  const permissions = useTranslations('consoleCredentials.permissions');
  const credentials = useTranslations('consoleCredentials');
  const zone = isHydrated ? Intl.DateTimeFormat().resolvedOptions().timeZone : 'UTC';

  const words: Record<Field, string> = { name: t('name'), scopes: t('permission'), expiresAt: t('expires') };
  const messages: Partial<Record<Field, string>> = {};
  const { name: nameFault, expiresAt: expiresFault } = form.faults;
  if (nameFault === 'nameMissing') messages.name = create('nameMissing');
  else if (nameFault === 'nameTooLong') messages.name = create('nameTooLong', { max: MAX_NAME_LENGTH });
  else if (nameFault) messages.name = create('nameRefused');
  if (form.faults.scopes) messages.scopes = credentials('scopesMissing');
  if (expiresFault) messages.expiresAt = t(expiresFault === 'unreadable' ? 'expiresUnreadable' : 'expiresPast');
  const faults = FIELDS.flatMap((field) => (messages[field] ? [{ field, message: messages[field] }] : []));

  const inWords = (field: Field, { name, scopes, expiresAt }: Partial<Settings>): string => {
    if (field === 'name') return name ?? '';
    if (field === 'scopes') return scopes ? describeScopes(scopes, permissions) : '';
    return expiresAt ? formatExact(expiresAt, locale) : t('noExpiry');
  };
  const conflict = (field: Field): ReactNode =>
    field in form.theirs && (
      <FieldConflict
        label={words[field]}
        mine={inWords(field, form.wanted)}
        theirs={inWords(field, form.theirs)}
        onChoose={(choice) => form.resolve(field, choice)}
      />
    );
  return (
    <form
      noValidate
      onSubmit={(event: FormEvent<HTMLFormElement>) => {
        event.preventDefault();
        const expires = event.currentTarget.elements.namedItem('expiresAt');
        return form.save(expires instanceof HTMLInputElement && expires.validity.badInput);
      }}
      className="max-w-text"
    >
      <fieldset disabled={!isHydrated} className="flex min-w-0 flex-col gap-5">
        {faults.length > 0 && <ErrorSummary title={common('errorSummary', { count: faults.length })} errors={faults} />}
        {Object.keys(form.theirs).length > 0 && (
          <Notice tone="warning" word={common('notice.warning')} live="assertive">
            <strong className="block font-semibold">
              {common('conflict.title', { count: Object.keys(form.theirs).length })}
            </strong>
            {common('conflict.body')}
          </Notice>
        )}
        <TextField
          name="name"
          label={words.name}
          value={form.draft.name ?? form.known.name}
          onChange={({ target }) => form.edit({ name: target.value })}
          error={messages.name}
          autoComplete="off"
        />
        {conflict('name')}
        <ScopeField
          value={form.draft.scopes ?? form.known.scopes}
          onValueChange={(scopes) => form.edit({ scopes })}
          error={messages.scopes}
        />
        {conflict('scopes')}
        <DateTimeField
          name="expiresAt"
          label={words.expiresAt}
          help={t('expiresHelp', { zone })}
          value={form.draft.expiresAt ?? (isHydrated ? toLocalText(form.known.expiresAt) : '')}
          onChange={({ target }) => form.edit({ expiresAt: target.value })}
          error={messages.expiresAt}
        />
        {conflict('expiresAt')}
        <div className="flex flex-wrap items-center gap-4">
          <SubmitButton isPending={form.isPending} pendingLabel={common('working')}>
            {t('save')}
          </SubmitButton>
          <p role="status" className="text-sm text-success">
            {form.outcome && t(form.outcome)}
          </p>
        </div>
        <p role="alert" className="text-danger empty:hidden">
          {form.failure}
        </p>
      </fieldset>
    </form>
  );
}

/** A preset by its name, any other list scope by scope. */
function describeScopes(scopes: readonly GrantableScope[], preset: (permission: Permission) => string): string {
  const permission = permissionOf(scopes);
  return permission === 'custom' ? scopes.join(', ') : preset(permission);
}
