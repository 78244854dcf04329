'use client';

import { useSettingsMessage } from '@/components/application/settings-message';
import { EditFrame } from '@/components/edit/edit-frame';
import { CheckboxField } from '@/components/ui/form/checkbox-field';
import { FieldNotes, fieldId } from '@/components/ui/form/field-frame';
import { RadioField } from '@/components/ui/form/radio-field';
import { ACCESSES, type AllowedGroup, CONSENTS } from '@/lib/application/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { Json } from '@/lib/platform/json';
import { type ApplicationForm, useApplicationForm } from './use-application-form';

type Props = ApplicationForm & {
  /** All groups of the project, by name. */
  groups: AllowedGroup[];
};

/** Who may use the application, and whether they are asked. */
export function AccessForm({ groups, ...props }: Props) {
  const t = useTranslations('consoleApplications.fields');
  const form = useApplicationForm(props, ['access', 'groupIds', 'consent']);
  const { access, groupIds, consent } = form.mine;
  const labels = { access: t('access'), groupIds: t('groups'), consent: t('consent') };
  const inWords = (name: string, value: Json) => {
    if (name === 'access') return t(`accesses.${value === 'groups' ? 'groups' : 'everybody'}`);
    if (name === 'consent') return t(`consents.${value === 'skip' ? 'skip' : 'ask'}`);
    const ids = Array.isArray(value) ? value : [];
    return groups
      .filter(({ id }) => ids.includes(id))
      .map(({ name: group }) => group)
      .join(', ');
  };
  const toggle = (id: string, isAllowed: boolean) =>
    form.edit({
      groupIds: groups.map((group) => group.id).filter((one) => (one === id ? isAllowed : groupIds.includes(one))),
    });
  return (
    <EditFrame
      form={form}
      labels={labels}
      messageOf={useSettingsMessage(props.kind)}
      inWords={inWords}
      mayEdit={props.mayEdit}
      isOneOfMany
    >
      {(errorOf) => (
        <>
          <RadioField
            name="access"
            legend={labels.access}
            value={access}
            onValueChange={(value) => form.edit({ access: ACCESSES.find((one) => one === value) ?? 'groups' })}
            options={ACCESSES.map((value) => ({ value, text: t(`accesses.${value}`), help: t(`accessHelp.${value}`) }))}
          />
          {access === 'groups' && (
            <fieldset className="flex min-w-0 flex-col gap-2 border-line border-s ps-4">
              <legend className="sr-only">{labels.groupIds}</legend>
              {groups.length === 0 && <p className="text-sm text-muted">{t('noGroups')}</p>}
              {groups.map(({ id, name }, index) => (
                <CheckboxField
                  key={id}
                  id={index === 0 ? fieldId('groupIds') : `${fieldId('groupIds')}-${index}`}
                  name="groupIds"
                  label={<bdi>{name}</bdi>}
                  checked={groupIds.includes(id)}
                  onChange={({ target }) => toggle(id, target.checked)}
                />
              ))}
              <FieldNotes
                id={fieldId('groupIds')}
                help={groupIds.length === 0 && groups.length > 0 ? t('nobody') : undefined}
                error={errorOf('groupIds')}
              />
            </fieldset>
          )}
          <RadioField
            name="consent"
            legend={labels.consent}
            value={consent}
            onValueChange={(value) => form.edit({ consent: CONSENTS.find((one) => one === value) ?? 'ask' })}
            options={CONSENTS.map((value) => ({
              value,
              text: t(`consents.${value}`),
              help: t(`consentHelp.${value}`),
            }))}
          />
        </>
      )}
    </EditFrame>
  );
}
