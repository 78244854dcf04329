import { SelectField } from '@/components/ui/form/select-field';
import { TextField } from '@/components/ui/form/text-field';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { fieldTitle, isSelfEditable, type SchemaField } from '@/lib/schema/model';

/** A read-only preview of "Account settings" for a schema. */
export function FormPreview({ fields, locale }: { fields: readonly SchemaField[]; locale: Locale }) {
  const t = translator(locale, 'consoleSchemas.detail');
  const shown = fields.filter(({ selfService }) => selfService !== 'hidden');
  const hidden = fields.filter(({ selfService }) => selfService === 'hidden');
  return (
    <div className="flex max-w-text flex-col gap-5">
      {shown.map((field) => {
        const name = `preview:${field.pointer}`;
        const label = fieldTitle(field, locale);
        const note = field.isIdentifier ? t('identifier') : t('readOnly');
        const help = isSelfEditable(field) ? undefined : note;
        return field.options && isSelfEditable(field) ? (
          <SelectField
            key={name}
            name={name}
            label={label}
            disabled
            options={field.options.map((option) => ({ value: String(option), text: String(option) }))}
          />
        ) : (
          <TextField key={name} name={name} label={label} help={help} disabled />
        );
      })}
      {hidden.length > 0 && (
        <p className="text-muted">
          {t('hidden', { fields: hidden.map((field) => fieldTitle(field, locale)).join(', ') })}
        </p>
      )}
    </div>
  );
}
