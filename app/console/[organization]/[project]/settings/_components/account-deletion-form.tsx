'use client';

import { type Save, useEditForm } from '@/components/edit/use-edit-form';
import { SettingsFrame } from '@/components/project/settings-frame';
import { SelectField } from '@/components/ui/form/select-field';
import { useTranslations } from '@/lib/i18n/use-translations';

type Fields = { deletionGraceDays: number };
type Props = { saved: Fields; save: Save<Fields>; mayEdit: boolean };

const CHOICES = [0, 1, 3, 7, 14, 30];

/** The grace time of deleted accounts. The command line may have set a number of days that is not listed. */
export function AccountDeletionForm({ saved, save, mayEdit }: Props) {
  const t = useTranslations('consoleProjects.settings.accountDeletion');
  const form = useEditForm(saved, save);
  const labels = { deletionGraceDays: t('grace') };
  const inWords = (days: number) => (days === 0 ? t('none') : t('days', { days }));
  const { deletionGraceDays: chosen } = form.mine;
  const choices = [...new Set([...CHOICES, chosen])].sort((a, b) => a - b);
  return (
    <SettingsFrame form={form} labels={labels} inWords={(_, value) => inWords(Number(value))} mayEdit={mayEdit}>
      {(errorOf) => (
        <SelectField
          name="deletionGraceDays"
          label={labels.deletionGraceDays}
          help={t('graceHelp')}
          value={String(chosen)}
          onChange={({ target }) => form.edit({ deletionGraceDays: Number(target.value) })}
          options={choices.map((days) => ({ value: String(days), text: inWords(days) }))}
          error={errorOf('deletionGraceDays')}
        />
      )}
    </SettingsFrame>
  );
}
