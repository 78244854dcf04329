'use client';

import { EditFrame } from '@/components/edit/edit-frame';
import { type Save, useEditForm } from '@/components/edit/use-edit-form';
import { SwitchField } from '@/components/ui/form/switch-field';
import { useWebhookMessage, WebhookFields } from '@/components/webhook/webhook-fields';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import type { Edit } from '@/lib/platform/edit';
import type { WebhookSettings } from '@/lib/webhook/model';

type Props = {
  id: string;
  saved: WebhookSettings;
  save: (input: { id: string } & Edit<WebhookSettings>) => Promise<ActionResult<WebhookSettings>>;
};

export function WebhookForm({ id, saved, save }: Props) {
  const t = useTranslations('consoleWebhooks.fields');
  const messageOf = useWebhookMessage();
  const send: Save<WebhookSettings> = (edit) => save({ id, ...edit });
  const form = useEditForm(saved, send, {
    validate: ({ mine }) => (mine.eventTypes?.length === 0 ? [{ pointer: '/eventTypes', message: '' }] : []),
  });
  const labels = { url: t('url'), description: t('description'), eventTypes: t('events'), isActive: t('active') };
  const inWords = (name: string, value: unknown): string => {
    if (name === 'isActive') return value === true ? t('on') : t('off');
    if (name === 'eventTypes') return Array.isArray(value) ? value.join(', ') : t('all');
    return String(value ?? '') || t('none');
  };
  return (
    <EditFrame
      form={form}
      labels={labels}
      messageOf={({ pointer }) => messageOf(pointer)}
      inWords={inWords}
      isOneOfMany
      mayEdit
    >
      {(errorOf) => (
        <>
          <SwitchField
            name="isActive"
            label={labels.isActive}
            help={t('activeHelp')}
            checked={form.mine.isActive}
            onChange={({ target }) => form.edit({ isActive: target.checked })}
          />
          <WebhookFields value={form.mine} onValueChange={form.edit} errorOf={errorOf} />
        </>
      )}
    </EditFrame>
  );
}
