'use client';

import { type Save, useEditForm } from '@/components/edit/use-edit-form';
import { SettingsFrame } from '@/components/project/settings-frame';
import { RadioField } from '@/components/ui/form/radio-field';
import { useTranslations } from '@/lib/i18n/use-translations';
import { REGISTRATIONS, type RegistrationMode } from '@/lib/project/model';

type Fields = { registration: RegistrationMode };
type Props = { saved: Fields; save: Save<Fields>; mayEdit: boolean };

/** Who can create an account. */
export function RegistrationForm({ saved, save, mayEdit }: Props) {
  const t = useTranslations('consoleProjects.settings.registration');
  const form = useEditForm(saved, save);
  const legend = t('legend');
  const choose = (value: string) => {
    const registration = REGISTRATIONS.find((known) => known === value);
    if (registration) form.edit({ registration });
  };
  return (
    <SettingsFrame
      form={form}
      labels={{ registration: legend }}
      inWords={(_, value) => (value === 'open' || value === 'invitation' ? t(value) : t('closed'))}
      mayEdit={mayEdit}
    >
      {(errorOf) => (
        <RadioField
          name="registration"
          legend={legend}
          value={form.mine.registration}
          onValueChange={choose}
          options={REGISTRATIONS.map((value) => ({ value, text: t(value), help: t(`${value}Help`) }))}
          error={errorOf('registration')}
        />
      )}
    </SettingsFrame>
  );
}
