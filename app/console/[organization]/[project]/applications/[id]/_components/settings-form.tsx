'use client';

import { useSettingsMessage } from '@/components/application/settings-message';
import { UriField } from '@/components/application/uri-field';
import { inLines } from '@/components/application/uri-list';
import { EditFrame } from '@/components/edit/edit-frame';
import { TextField } from '@/components/ui/form/text-field';
import { useTranslations } from '@/lib/i18n/use-translations';
import { type ApplicationForm, useApplicationForm } from './use-application-form';

/** Name, launch URL and redirect URIs. */
export function SettingsForm(props: ApplicationForm) {
  const t = useTranslations('consoleApplications.fields');
  const form = useApplicationForm(props, ['name', 'launchUrl', 'redirectUris']);
  const labels = { name: t('name'), launchUrl: t('launchUrl'), redirectUris: t('redirectUris') };
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
          <TextField
            name="name"
            label={labels.name}
            help={t('nameHelp')}
            value={form.mine.name}
            onChange={({ target }) => form.edit({ name: target.value })}
            error={errorOf('name')}
            autoComplete="off"
          />
          <TextField
            name="launchUrl"
            type="url"
            label={labels.launchUrl}
            help={t('launchUrlHelp')}
            value={form.mine.launchUrl ?? ''}
            onChange={({ target }) => form.edit({ launchUrl: target.value || null })}
            error={errorOf('launchUrl')}
            autoComplete="off"
          />
          <UriField
            name="redirectUris"
            label={labels.redirectUris}
            help={t('redirectUrisHelp')}
            value={form.mine.redirectUris}
            onChange={(redirectUris) => form.edit({ redirectUris })}
            error={errorOf('redirectUris')}
          />
        </>
      )}
    </EditFrame>
  );
}
