import { useTranslations } from '@/lib/i18n/use-translations';
import { memberOf } from '@/lib/import/model/mapping';

/** A group of targets with their names. */
export type TargetGroup = { label: string; options: Array<{ value: string; text: string }> };

type Props = { column: string; value: string; targets: TargetGroup[]; onChange: (value: string) => void };

/** Where a column goes: a field of the schema, a member of the user, or metadata under its own name. */
export function TargetSelect({ column, value, targets, onChange }: Props) {
  const t = useTranslations('consoleImport.columns');
  const metadata = {
    label: t('metadata'),
    options: [
      { value: memberOf('metadata_public', column), text: t('names.publicMember', { name: column }) },
      { value: memberOf('metadata_admin', column), text: t('names.adminMember', { name: column }) },
    ],
  };
  const groups = [...targets, metadata];
  const isKnown = groups.some(({ options }) => options.some((option) => option.value === value));
  return (
    <select
      aria-label={t('targetOf', { column })}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      className="min-h-9 w-full min-w-36 rounded-md border border-control bg-raised px-2 text-sm text-ink"
    >
      <option value="">{t('ignored')}</option>
      {value !== '' && !isKnown && <option value={value}>{value}</option>}
      {groups.map(({ label, options }) => (
        <optgroup key={label} label={label}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.text}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}
