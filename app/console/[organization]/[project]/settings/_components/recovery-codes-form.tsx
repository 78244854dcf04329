'use client';

import { type Save, useEditForm } from '@/components/edit/use-edit-form';
import { SettingsFrame } from '@/components/project/settings-frame';
import { RadioField } from '@/components/ui/form/radio-field';
import { useTranslations } from '@/lib/i18n/use-translations';
import { RECOVERY_CODE_POLICIES, type RecoveryCodePolicy } from '@/lib/project/model';

type Fields = { recoveryCodes: RecoveryCodePolicy };
type Props = { saved: Fields; save: Save<Fields>; mayEdit: boolean };

/** Whether people may create recovery codes. */
export function RecoveryCodesForm({ saved, save, mayEdit }: Props) {
  const t = useTranslations('consoleProjects.settings.recoveryCodes');
  const form = useEditForm(saved, save);
  const legend = t('legend');
  const choose = (value: string) => {
    const recoveryCodes = RECOVERY_CODE_POLICIES.find((known) => known === value);
    if (recoveryCodes) form.edit({ recoveryCodes });
  };
  return (
    <SettingsFrame
      form={form}
      labels={{ recoveryCodes: legend }}
      inWords={(_, value) => (value === 'off' || value === 'encouraged' ? t(value) : t('allowed'))}
      mayEdit={mayEdit}
    >
      {(errorOf) => (
        <RadioField
          name="recoveryCodes"
          legend={legend}
          value={form.mine.recoveryCodes}
          onValueChange={choose}
          options={RECOVERY_CODE_POLICIES.map((value) => ({ value, text: t(value), help: t(`${value}Help`) }))}
          error={errorOf('recoveryCodes')}
        />
      )}
    </SettingsFrame>
  );
}
