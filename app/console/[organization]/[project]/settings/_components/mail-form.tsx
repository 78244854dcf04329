'use client';

import { useState } from 'react';
import { type Save, useEditForm } from '@/components/edit/use-edit-form';
import { SettingsFrame } from '@/components/project/settings-frame';
import { TextField } from '@/components/ui/form/text-field';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { Edit } from '@/lib/platform/edit';

type Fields = { mailFrom: string | null };
type Props = {
  saved: Fields;
  save: Save<Fields>;
  mayEdit: boolean;
  /** MAIL_FROM, where the project has no sender of its own. */
  defaultSender: string;
};

/** The project's email sender. A sender on an unapproved domain stays pending, and the current one remains in use. */
export function MailForm({ saved, save, mayEdit, defaultSender }: Props) {
  const t = useTranslations('consoleProjects.settings.mail');
  const [isWaiting, setIsWaiting] = useState(false);
  const form = useEditForm(saved, async (edit: Edit<Fields>) => {
    const result = await save(edit);
    const wanted = edit.mine.mailFrom?.trim() || null;
    setIsWaiting(result.ok && wanted !== edit.base.mailFrom && wanted !== result.value.mailFrom);
    return result;
  });
  return (
    <SettingsFrame
      form={form}
      labels={{ mailFrom: t('sender') }}
      mayEdit={mayEdit}
      savedText={isWaiting ? t('waiting') : undefined}
    >
      {(errorOf) => (
        <TextField
          name="mailFrom"
          label={t('sender')}
          help={t('senderHelp', { sender: defaultSender })}
          placeholder={defaultSender}
          value={form.mine.mailFrom ?? ''}
          onChange={(event) => form.edit({ mailFrom: event.target.value || null })}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={errorOf('mailFrom')}
        />
      )}
    </SettingsFrame>
  );
}
