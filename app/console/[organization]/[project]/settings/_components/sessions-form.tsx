'use client';

import { type Save, useEditForm } from '@/components/edit/use-edit-form';
import { DurationField, toParts } from '@/components/project/duration-field';
import { SettingsFrame } from '@/components/project/settings-frame';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { Json } from '@/lib/platform/json';

type Fields = { sessionIdleSeconds: number; sessionLifetimeSeconds: number };
type Props = { saved: Fields; save: Save<Fields>; mayEdit: boolean };

/** How long people stay signed in. */
export function SessionsForm({ saved, save, mayEdit }: Props) {
  const t = useTranslations('consoleProjects.settings.sessions');
  const form = useEditForm(saved, save);
  const labels = { sessionIdleSeconds: t('idle'), sessionLifetimeSeconds: t('lifetime') };
  const inWords = (_: string, value: Json) => {
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
            seconds={form.mine.sessionIdleSeconds}
            onChange={(sessionIdleSeconds) => form.edit({ sessionIdleSeconds })}
            error={errorOf('sessionIdleSeconds')}
          />
          <DurationField
            name="sessionLifetimeSeconds"
            label={labels.sessionLifetimeSeconds}
            help={t('lifetimeHelp')}
            seconds={form.mine.sessionLifetimeSeconds}
            onChange={(sessionLifetimeSeconds) => form.edit({ sessionLifetimeSeconds })}
            error={errorOf('sessionLifetimeSeconds')}
          />
        </>
      )}
    </SettingsFrame>
  );
}
