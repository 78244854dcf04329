'use client';

import { type Save, useEditForm } from '@/components/edit/use-edit-form';
import { SettingsFrame } from '@/components/project/settings-frame';
import { SelectField } from '@/components/ui/form/select-field';
import { useTranslations } from '@/lib/i18n/use-translations';

type Fields = { recycleBinDays: number };
type Props = { saved: Fields; save: Save<Fields>; mayEdit: boolean };

const CHOICES = [0, 7, 14, 30, 60, 90, 180, 365];

/** How long deleted users can be restored. The command line may have set a number of days that is not listed. */
export function RecycleBinForm({ saved, save, mayEdit }: Props) {
  const t = useTranslations('consoleRecycleBin.form');
  const form = useEditForm(saved, save);
  const labels = { recycleBinDays: t('days') };
  const inWords = (days: number) => (days === 0 ? t('none') : t('count', { days }));
  const { recycleBinDays: days } = form.mine;
  const choices = [...new Set([...CHOICES, days])].sort((a, b) => a - b);
  return (
    <SettingsFrame form={form} labels={labels} inWords={(_, value) => inWords(Number(value))} mayEdit={mayEdit}>
      {(errorOf) => (
        <SelectField
          name="recycleBinDays"
          label={labels.recycleBinDays}
          help={t('daysHelp')}
          value={String(days)}
          onChange={({ target }) => form.edit({ recycleBinDays: Number(target.value) })}
          options={choices.map((choice) => ({ value: String(choice), text: inWords(choice) }))}
          error={errorOf('recycleBinDays')}
        />
      )}
    </SettingsFrame>
  );
}
