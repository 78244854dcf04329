'use client';

import { type Save, useEditForm } from '@/components/edit/use-edit-form';
import { SettingsFrame } from '@/components/project/settings-frame';
import { RadioField } from '@/components/ui/form/radio-field';
import { useTranslations } from '@/lib/i18n/use-translations';
import { SIGNING_ALGORITHMS, type SigningAlgorithm } from '@/lib/project/model';

type Fields = { signingAlgorithm: SigningAlgorithm };
type Props = { saved: Fields; save: Save<Fields>; mayEdit: boolean };

/** The signing algorithm. Keys follow as soon as every relying party can know them. */
export function AlgorithmForm({ saved, save, mayEdit }: Props) {
  const t = useTranslations('consoleProjects.settings.keys');
  const form = useEditForm(saved, save);
  const choose = (value: string) => {
    const signingAlgorithm = SIGNING_ALGORITHMS.find((known) => known === value);
    if (signingAlgorithm) form.edit({ signingAlgorithm });
  };
  return (
    <SettingsFrame form={form} labels={{ signingAlgorithm: t('algorithm') }} mayEdit={mayEdit}>
      {(errorOf) => (
        <RadioField
          name="signingAlgorithm"
          legend={t('algorithm')}
          help={t('algorithmHelp')}
          value={form.mine.signingAlgorithm}
          onValueChange={choose}
          options={SIGNING_ALGORITHMS.map((value) => ({ value, text: value, help: t(`${value}Help`) }))}
          error={errorOf('signingAlgorithm')}
        />
      )}
    </SettingsFrame>
  );
}
