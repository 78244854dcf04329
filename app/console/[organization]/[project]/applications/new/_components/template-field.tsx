'use client';

import { SelectField } from '@/components/ui/form/select-field';
import { GENERIC, TEMPLATES } from '@/lib/application/model/templates';
import { useTranslations } from '@/lib/i18n/use-translations';

type Props = { value: string; onChange: (id: string) => void };

/** Products by name, after the three kinds of applications without a template. */
export function TemplateField({ value, onChange }: Props) {
  const t = useTranslations('consoleApplications');
  const generic = Object.values(GENERIC).map(({ id, kind }) => ({ value: id, text: t(`kinds.${kind}`) }));
  const products = TEMPLATES.flatMap(({ id, name }) => (name === null ? [] : [{ value: id, text: name }]));
  products.sort((one, other) => one.text.localeCompare(other.text));
  const chosen = Object.values(GENERIC).find(({ id }) => id === value);
  return (
    <SelectField
      name="template"
      label={t('create.template')}
      help={chosen ? t(`kindHelp.${chosen.kind}`) : t('create.templateHelp')}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      options={[...generic, ...products]}
    />
  );
}
