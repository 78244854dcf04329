'use client';

import { FormPreview } from '@/components/schema/form-preview';
import { formatList, type Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import { toFormField } from '@/lib/identity/model/traits-form';
import type { JsonObject } from '@/lib/platform/json';
import { fieldsOf, fieldTitle, type SchemaField } from '@/lib/schema/model';

/** "Account settings" of a user with this schema, and what the form leaves out. */
export function SchemaPreview({ document, locale }: { document: JsonObject; locale: Locale }) {
  const t = useTranslations('consoleSchemas.detail');
  const fields = fieldsOf(document);
  const isShown = ({ isIdentifier, selfService }: SchemaField) => !isIdentifier && selfService !== 'hidden';
  const titles = (some: SchemaField[]) =>
    formatList(
      some.map((field) => fieldTitle(field, locale)),
      locale,
    );
  const identifiers = fields.filter(({ isIdentifier }) => isIdentifier);
  const hidden = fields.filter(({ selfService }) => selfService === 'hidden');
  return (
    <div className="flex flex-col gap-5">
      <FormPreview fields={fields.filter(isShown).map((field) => toFormField(field, locale))} />
      {identifiers.length > 0 && <p className="text-muted">{t('identifier', { fields: titles(identifiers) })}</p>}
      {hidden.length > 0 && <p className="text-muted">{t('hidden', { fields: titles(hidden) })}</p>}
    </div>
  );
}
