'use client';

import { TextField } from '@/components/ui/form/text-field';
import type { AuditEventType } from '@/lib/audit/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import { EventTypeField } from './event-type-field';

type Fields = { url: string; description: string; eventTypes: AuditEventType[] | null };
type Props = {
  value: Fields;
  onValueChange: (change: Partial<Fields>) => void;
  errorOf: (name: string) => string | undefined;
};

/** URL, description and events of a webhook. */
export function WebhookFields({ value, onValueChange, errorOf }: Props) {
  const t = useTranslations('consoleWebhooks.fields');
  return (
    <>
      <TextField
        name="url"
        type="url"
        inputMode="url"
        label={t('url')}
        help={t('urlHelp')}
        value={value.url}
        onChange={({ target }) => onValueChange({ url: target.value })}
        error={errorOf('url')}
        autoComplete="off"
        spellCheck={false}
      />
      <TextField
        name="description"
        label={t('description')}
        help={t('descriptionHelp')}
        value={value.description}
        onChange={({ target }) => onValueChange({ description: target.value })}
        error={errorOf('description')}
        autoComplete="off"
      />
      <EventTypeField
        value={value.eventTypes}
        onValueChange={(eventTypes) => onValueChange({ eventTypes })}
        error={errorOf('eventTypes')}
      />
    </>
  );
}

/** The sentence for a field that was refused. */
export function useWebhookMessage() {
  const t = useTranslations('consoleWebhooks.faults');
  return (pointer: string): string => {
    if (pointer.startsWith('/description')) return t('description');
    return pointer.startsWith('/eventTypes') ? t('eventTypes') : t('url');
  };
}
