'use client';

import { useState } from 'react';
import { CheckboxField } from '@/components/ui/form/checkbox-field';
import { describedBy, FieldNotes, fieldId } from '@/components/ui/form/field-frame';
import { RadioField } from '@/components/ui/form/radio-field';
import { AUDIT_EVENT_TYPES, type AuditEventType } from '@/lib/audit/model';
import { useTranslations } from '@/lib/i18n/use-translations';

type Props = {
  /** Null: all. */
  value: AuditEventType[] | null;
  onValueChange: (types: AuditEventType[] | null) => void;
  error?: string | undefined;
};

const GROUPS = [
  ...(['identity', 'session', 'sign_in', 'passkey', 'recovery_code', 'pairing', 'operator'] as const),
  ...(['api_credential', 'access_token', 'schema', 'webhook', 'signing_key', 'audit_event'] as const),
  ...(['project', 'organization', 'other'] as const),
];
type Group = (typeof GROUPS)[number];

/** All event types, or a selection by noun. A selection survives a look at "All events". */
export function EventTypeField({ value, onValueChange, error }: Props) {
  const t = useTranslations('consoleWebhooks');
  const [selection, setSelection] = useState<AuditEventType[]>(value ?? []);
  const id = fieldId('eventTypes');
  const select = (types: AuditEventType[]) => {
    const ordered = AUDIT_EVENT_TYPES.filter((type) => types.includes(type));
    setSelection(ordered);
    onValueChange(ordered);
  };
  return (
    <>
      <RadioField
        name="events"
        legend={t('fields.events')}
        value={value === null ? 'all' : 'some'}
        onValueChange={(choice) => onValueChange(choice === 'all' ? null : selection)}
        options={[
          { value: 'all', text: t('fields.all'), help: t('fields.allHelp') },
          { value: 'some', text: t('fields.some') },
        ]}
      />
      {value !== null && (
        <fieldset
          aria-describedby={describedBy(id, { error })}
          className="flex min-w-0 flex-col gap-4 border-line border-s ps-4"
        >
          <legend className="sr-only">{t('fields.some')}</legend>
          {grouped().map(([group, types], at) => (
            <fieldset key={group} className="flex min-w-0 flex-col gap-1.5">
              <legend className="pb-1.5 text-sm font-medium">{t(`groups.${group}`)}</legend>
              <div className="grid gap-x-6 gap-y-1.5 sm:grid-cols-2">
                {types.map((type, index) => (
                  <CheckboxField
                    key={type}
                    id={at === 0 && index === 0 ? id : `${id}-${type}`}
                    name="type"
                    value={type}
                    label={<code className="font-mono text-sm wrap-anywhere">{type}</code>}
                    checked={value.includes(type)}
                    onChange={({ target }) =>
                      select(target.checked ? [...value, type] : value.filter((each) => each !== type))
                    }
                  />
                ))}
              </div>
            </fieldset>
          ))}
          <FieldNotes id={id} error={error} />
        </fieldset>
      )}
    </>
  );
}

/** The event types by noun, in the order of `GROUPS`. */
function grouped(): Array<[Group, AuditEventType[]]> {
  const groupOf = (type: AuditEventType) => GROUPS.find((group) => type.startsWith(`${group}.`)) ?? 'other';
  return GROUPS.map((group): [Group, AuditEventType[]] => [
    group,
    AUDIT_EVENT_TYPES.filter((type) => groupOf(type) === group),
  ]).filter(([, types]) => types.length > 0);
}
