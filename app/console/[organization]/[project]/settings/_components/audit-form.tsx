'use client';

import { type Save, useEditForm } from '@/components/edit/use-edit-form';
import { SettingsFrame } from '@/components/project/settings-frame';
import { SelectField } from '@/components/ui/form/select-field';
import { useTranslations } from '@/lib/i18n/use-translations';

type Fields = { auditRetentionDays: number | null };
type Props = { saved: Fields; save: Save<Fields>; mayEdit: boolean };

const CHOICES = [30, 90, 180, 365, 730, 1825, 3650];
const FOREVER = 'forever';

/** Audit retention. The command line may have set a number of days that is not listed. */
export function AuditForm({ saved, save, mayEdit }: Props) {
  const t = useTranslations('consoleProjects.settings.audit');
  const form = useEditForm(saved, save);
  const labels = { auditRetentionDays: t('retention') };
  const inWords = (days: number | null) => (days === null ? t('forever') : t('days', { days }));
  const { auditRetentionDays: days } = form.mine;
  const choices = [...new Set([...CHOICES, ...(days === null ? [] : [days])])].sort((a, b) => a - b);
  return (
    <SettingsFrame
      form={form}
      labels={labels}
      inWords={(_, value) => inWords(typeof value === 'number' ? value : null)}
      mayEdit={mayEdit}
    >
      {(errorOf) => (
        <SelectField
          name="auditRetentionDays"
          label={labels.auditRetentionDays}
          help={t('retentionHelp')}
          value={days === null ? FOREVER : String(days)}
          onChange={({ target }) =>
            form.edit({ auditRetentionDays: target.value === FOREVER ? null : Number(target.value) })
          }
          options={[
            { value: FOREVER, text: inWords(null) },
            ...choices.map((choice) => ({ value: String(choice), text: inWords(choice) })),
          ]}
          error={errorOf('auditRetentionDays')}
        />
      )}
    </SettingsFrame>
  );
}
