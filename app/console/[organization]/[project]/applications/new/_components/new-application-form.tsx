'use client';

import { type FormEvent, useState } from 'react';
import { atFields, useSettingsMessage, violationsOf } from '@/components/application/settings-message';
import { toLines, toList } from '@/components/application/uri-list';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { ButtonLink } from '@/components/ui/button-link';
import { CheckboxField } from '@/components/ui/form/checkbox-field';
import { ErrorSummary } from '@/components/ui/form/error-summary';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { TextAreaField } from '@/components/ui/form/text-area-field';
import { TextField } from '@/components/ui/form/text-field';
import { useUnsavedChanges } from '@/components/ui/form/use-unsaved-changes';
import { useHydrated } from '@/components/ui/use-hydrated';
import type { ApplicationKind, ApplicationSettings } from '@/lib/application/model';
import { findTemplate, GENERIC, toAddress, urisAt } from '@/lib/application/model/templates';
import type { Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import type { Violation } from '@/lib/platform/errors';
import { MadeApplication } from './made-application';
import { TemplateField } from './template-field';

type Input = Partial<ApplicationSettings> & {
  name: string;
  redirectUris: string[];
  kind: ApplicationKind;
  template: string | null;
};
export type Made = { clientId: string; name: string; clientSecret: string | null };

type Props = {
  issuer: string;
  /** The list of applications. */
  base: string;
  locale: Locale;
  create: (input: Input) => Promise<ActionResult<Made>>;
};

/** Null: not edited, so that it follows template and address. */
type Edited = { name: string | null; redirectUris: string | null; requiresPkce: boolean | null };
const UNEDITED: Edited = { name: null, redirectUris: null, requiresPkce: null };

/** Template, address and what follows from them; once added, its secret and settings to copy. */
export function NewApplicationForm({ issuer, base, locale, create }: Props) {
  const t = useTranslations('consoleApplications');
  const field = useTranslations('consoleApplications.fields');
  const common = useTranslations('common');
  const isHydrated = useHydrated();
  const { run, isPending, failure, isCancelled, setFailure } = useStepUpAction();
  const [template, setTemplate] = useState(GENERIC.web);
  const [address, setAddress] = useState('');
  const [edited, setEdited] = useState(UNEDITED);
  const [violations, setViolations] = useState<Violation[]>([]);
  const [attempt, setAttempt] = useState(0);
  const [made, setMade] = useState<Made>();
  const messageOf = useSettingsMessage(template.kind);
  const hasAddress = template.kind !== 'native';
  const uris = urisAt(template, address);
  const shown = {
    name: edited.name ?? template.name ?? '',
    redirectUris: edited.redirectUris ?? (hasAddress && toAddress(address) === '' ? '' : toLines(uris.redirectUris)),
    requiresPkce: template.kind !== 'web' || (edited.requiresPkce ?? template.requiresPkce),
  };
  useUnsavedChanges(!made && (address !== '' || edited !== UNEDITED));

  const choose = (id: string) => {
    setTemplate(findTemplate(id) ?? template);
    setEdited(UNEDITED);
    setViolations([]);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setFailure(undefined);
    setAttempt((count) => count + 1);
    const input = {
      name: shown.name.trim(),
      redirectUris: toList(shown.redirectUris),
      requiresPkce: shown.requiresPkce,
      scopes: template.scopes,
      postLogoutRedirectUris: uris.postLogoutRedirectUris,
      logoutUri: uris.logoutUri,
      launchUrl: uris.launchUrl,
    };
    const isAddressMissing = hasAddress && toAddress(address) === '' && input.redirectUris.length === 0;
    const found = isAddressMissing
      ? [{ pointer: '/address', message: '', keyword: 'required' }]
      : violationsOf(template.kind, input);
    setViolations(found);
    if (found.length > 0) return;
    const result = await run(() => create({ ...input, kind: template.kind, template: template.id }));
    if (!result) return;
    if (result.ok) return setMade(result.value);
    const refused = ('violations' in result.error && result.error.violations) || [];
    if (refused.length > 0) setFailure(undefined);
    setViolations(atFields(refused, input));
  };
  const errors = violations.map((violation) => ({
    field: violation.pointer.slice(1),
    message: violation.pointer === '/address' ? t('create.addressMissing') : messageOf(violation),
  }));
  const errorOf = (name: string) => errors.find((error) => error.field === name)?.message;
  if (made)
    return (
      <MadeApplication
        made={made}
        template={template}
        connection={{
          issuer,
          address: toAddress(address),
          clientId: made.clientId,
          clientSecret: made.clientSecret ?? '',
        }}
        href={`${base}/${made.clientId}`}
        locale={locale}
      />
    );
  return (
    <form onSubmit={submit} noValidate method="post" className="max-w-text">
      <fieldset disabled={!isHydrated} className="flex min-w-0 flex-col gap-5">
        {errors.length > 0 && (
          <ErrorSummary title={common('errorSummary', { count: errors.length })} errors={errors} attempt={attempt} />
        )}
        <TemplateField value={template.id} onChange={choose} />
        {hasAddress && (
          <TextField
            name="address"
            type="url"
            label={t('create.address')}
            help={t('create.addressHelp')}
            value={address}
            onChange={({ target }) => setAddress(target.value)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            error={errorOf('address')}
          />
        )}
        <TextField
          name="name"
          label={field('name')}
          help={field('nameHelp')}
          value={shown.name}
          onChange={({ target }) => setEdited({ ...edited, name: target.value })}
          autoComplete="off"
          error={errorOf('name')}
        />
        <TextAreaField
          name="redirectUris"
          label={field('redirectUris')}
          help={field('redirectUrisHelp')}
          value={shown.redirectUris}
          onChange={({ target }) => setEdited({ ...edited, redirectUris: target.value })}
          rows={3}
          isMonospace
          error={errorOf('redirectUris')}
        />
        {template.kind === 'web' && (
          <CheckboxField
            name="requiresPkce"
            label={field('requiresPkce')}
            help={field('requiresPkceHelp')}
            checked={shown.requiresPkce}
            onChange={({ target }) => setEdited({ ...edited, requiresPkce: target.checked })}
          />
        )}
        <ActionNote failure={failure} isCancelled={isCancelled} />
        <div className="flex flex-wrap items-center gap-2">
          <SubmitButton isPending={isPending} pendingLabel={common('working')}>
            {t('create.submit')}
          </SubmitButton>
          <ButtonLink href={base} variant="quiet">
            {common('cancel')}
          </ButtonLink>
        </div>
      </fieldset>
    </form>
  );
}
