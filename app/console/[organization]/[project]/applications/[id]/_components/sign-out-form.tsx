'use client';

import { useSettingsMessage } from '@/components/application/settings-message';
import { UriField } from '@/components/application/uri-field';
import { inLines } from '@/components/application/uri-list';
import { EditFrame } from '@/components/edit/edit-frame';
import { TextField } from '@/components/ui/form/text-field';
import { useTranslations } from '@/lib/i18n/use-translations';
import { type ApplicationForm, useApplicationForm } from './use-application-form';

/** Where people return to after signing out, and where the application learns of it. */
export function SignOutForm(props: ApplicationForm) {
  const t = useTranslations('consoleApplications.fields');
  const form = useApplicationForm(props, ['logoutUri', 'postLogoutRedirectUris']);
  const labels = { logoutUri: t('logoutUri'), postLogoutRedirectUris: t('postLogoutRedirectUris') };
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
            name="logoutUri"
            type="url"
            label={labels.logoutUri}
            help={t('logoutUriHelp')}
            value={form.mine.logoutUri ?? ''}
            onChange={({ target }) => form.edit({ logoutUri: target.value || null })}
            error={errorOf('logoutUri')}
            autoComplete="off"
          />
          <UriField
            name="postLogoutRedirectUris"
            label={labels.postLogoutRedirectUris}
            help={t('postLogoutRedirectUrisHelp')}
            value={form.mine.postLogoutRedirectUris}
            onChange={(postLogoutRedirectUris) => form.edit({ postLogoutRedirectUris })}
            error={errorOf('postLogoutRedirectUris')}
          />
        </>
      )}
    </EditFrame>
  );
}
