'use client';

import { SettingsFrame } from '@/components/project/settings-frame';
import { type Save, useSettingsForm } from '@/components/project/use-settings-form';
import { useTranslations } from '@/lib/i18n/use-translations';
import { DurationField, toParts } from './duration-field';

type Fields = { sessionIdleSeconds: number; sessionLifetimeSeconds: number };
type Props = { saved: Fields; save: Save<Fields>; mayEdit: boolean };

/** How long people stay signed in. */
export function SessionsForm({ saved, save, mayEdit }: Props) {
  const t = useTranslations('consoleProjects.settings.sessions');
  const form = useSettingsForm(saved, save);
  const labels = { sessionIdleSeconds: t('idle'), sessionLifetimeSeconds: t('lifetime') };
  const inWords = (_: string, value: string) => {
    const { amount, unit } = toParts(Number(value));
    return t('duration', { amount: Number(amount), unit });
  };
  return (
    <SettingsFrame form={form} labels={labels} inWords={inWords} mayEdit={mayEdit}>
      {(errorOf) => (
        <>
          <DurationField
            name="sessionIdleSeconds"
            label={labels.sessionIdleSeconds}
            help={t('idleHelp')}
            seconds={form.values.sessionIdleSeconds}
            onChange={(sessionIdleSeconds) => form.edit({ sessionIdleSeconds })}
            error={errorOf('sessionIdleSeconds')}
          />
          <DurationField
            name="sessionLifetimeSeconds"
            label={labels.sessionLifetimeSeconds}
            help={t('lifetimeHelp')}
            seconds={form.values.sessionLifetimeSeconds}
            onChange={(sessionLifetimeSeconds) => form.edit({ sessionLifetimeSeconds })}
            error={errorOf('sessionLifetimeSeconds')}
          />
        </>
      )}
    </SettingsFrame>
  );
}
