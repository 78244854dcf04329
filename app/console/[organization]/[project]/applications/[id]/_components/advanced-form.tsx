'use client';

import { useSettingsMessage } from '@/components/application/settings-message';
import { UriField } from '@/components/application/uri-field';
import { inLines } from '@/components/application/uri-list';
import { EditFrame } from '@/components/edit/edit-frame';
import { DurationField } from '@/components/project/duration-field';
import { CheckboxField } from '@/components/ui/form/checkbox-field';
import { FieldNotes, fieldId } from '@/components/ui/form/field-frame';
import { IDENTITY_SCOPES, inOrder } from '@/lib/application/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import { type ApplicationForm, useApplicationForm } from './use-application-form';

/** Scopes, PKCE, audiences and lifetimes. */
export function AdvancedForm(props: ApplicationForm) {
  const t = useTranslations('consoleApplications.fields');
  const form = useApplicationForm(props, [
    'scopes',
    'requiresPkce',
    'audiences',
    'accessTokenSeconds',
    'refreshIdleSeconds',
    'refreshLifetimeSeconds',
  ]);
  const { scopes, requiresPkce, audiences } = form.mine;
  const labels = {
    scopes: t('scopes'),
    requiresPkce: t('requiresPkce'),
    audiences: t('audiences'),
    accessTokenSeconds: t('accessTokenSeconds'),
    refreshIdleSeconds: t('refreshIdleSeconds'),
    refreshLifetimeSeconds: t('refreshLifetimeSeconds'),
  };
  return (
    <EditFrame
      form={form}
      labels={labels}
      messageOf={useSettingsMessage(props.kind)}
      inWords={inLines}
      mayEdit={props.mayEdit}
      isOneOfMany
    >
      {(errorOf) => (
        <>
          <fieldset className="flex min-w-0 flex-col gap-2">
            <legend className="pb-1 text-sm font-medium">{labels.scopes}</legend>
            {IDENTITY_SCOPES.map((scope, index) => (
              <CheckboxField
                key={scope}
                id={index === 0 ? fieldId('scopes') : `${fieldId('scopes')}-${index}`}
                name="scopes"
                label={t(`scopeWords.${scope}`)}
                help={<code className="font-mono text-xs">{scope}</code>}
                checked={scopes.includes(scope)}
                disabled={scope === 'openid'}
                onChange={({ target }) =>
                  form.edit({
                    scopes: target.checked ? inOrder([...scopes, scope]) : scopes.filter((one) => one !== scope),
                  })
                }
              />
            ))}
            <FieldNotes id={fieldId('scopes')} help={t('scopesHelp')} error={errorOf('scopes')} />
          </fieldset>
          {props.kind === 'web' && (
            <CheckboxField
              name="requiresPkce"
              label={labels.requiresPkce}
              help={t('requiresPkceHelp')}
              checked={requiresPkce}
              onChange={({ target }) => form.edit({ requiresPkce: target.checked })}
            />
          )}
          <UriField
            name="audiences"
            label={labels.audiences}
            help={t('audiencesHelp')}
            value={audiences}
            onChange={(value) => form.edit({ audiences: value })}
            error={errorOf('audiences')}
          />
          <DurationField
            name="accessTokenSeconds"
            label={labels.accessTokenSeconds}
            help={t('accessTokenHelp')}
            seconds={form.mine.accessTokenSeconds}
            onChange={(accessTokenSeconds) => form.edit({ accessTokenSeconds })}
            error={errorOf('accessTokenSeconds')}
          />
          <DurationField
            name="refreshIdleSeconds"
            label={labels.refreshIdleSeconds}
            help={t('refreshIdleHelp')}
            seconds={form.mine.refreshIdleSeconds}
            onChange={(refreshIdleSeconds) => form.edit({ refreshIdleSeconds })}
            error={errorOf('refreshIdleSeconds')}
          />
          <DurationField
            name="refreshLifetimeSeconds"
            label={labels.refreshLifetimeSeconds}
            help={t('refreshLifetimeHelp')}
            seconds={form.mine.refreshLifetimeSeconds}
            onChange={(refreshLifetimeSeconds) => form.edit({ refreshLifetimeSeconds })}
            error={errorOf('refreshLifetimeSeconds')}
          />
        </>
      )}
    </EditFrame>
  );
}
