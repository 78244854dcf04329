'use client';

import { type Save, useEditForm } from '@/components/edit/use-edit-form';
import { SettingsFrame } from '@/components/project/settings-frame';
import { TextField } from '@/components/ui/form/text-field';
import { useTranslations } from '@/lib/i18n/use-translations';

type Fields = { name: string; slug: string };
type Props = { saved: Fields; save: Save<Fields>; mayEdit: boolean; organizationPath: string };

/** A new slug changes the project's URL: the browser navigates there. */
export function GeneralForm({ saved, save, mayEdit, organizationPath }: Props) {
  const t = useTranslations('consoleProjects.settings.general');
  const onSaved = ({ slug }: Fields) => {
    if (slug !== saved.slug) location.assign(`${organizationPath}/${slug}/settings`);
  };
  const form = useEditForm(saved, save, { onSaved });
  const labels = { name: t('name'), slug: t('slug') };
  return (
    <SettingsFrame form={form} labels={labels} mayEdit={mayEdit}>
      {(errorOf) => (
        <>
          <TextField
            name="name"
            label={labels.name}
            help={t('nameHelp')}
            value={form.mine.name}
            onChange={(event) => form.edit({ name: event.target.value })}
            autoComplete="off"
            error={errorOf('name')}
          />
          <TextField
            name="slug"
            label={labels.slug}
            help={t('slugHelp', { path: `${organizationPath}/${form.mine.slug}` })}
            value={form.mine.slug}
            onChange={(event) => form.edit({ slug: event.target.value })}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            error={errorOf('slug')}
          />
        </>
      )}
    </SettingsFrame>
  );
}
