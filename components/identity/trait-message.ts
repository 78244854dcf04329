import type { useTranslations } from '@/lib/i18n/use-translations';
import type { FormField } from '@/lib/identity/model/traits-form';
import type { Violation } from '@/lib/platform/errors';

type Translate = ReturnType<typeof useTranslations<'settings'>>;

/** The field's first violation; one of a list is usually at an item. A missing object misses its required members. */
export function violationOf(violations: readonly Violation[], field: FormField): Violation | undefined {
  const { pointer, isList, isRequired } = field;
  return violations.find(
    (violation) =>
      violation.pointer === pointer ||
      (isList && violation.pointer.startsWith(`${pointer}/`)) ||
      (violation.keyword === 'required' && isRequired && pointer.startsWith(`${violation.pointer}/`)),
  );
}

/** A violated schema keyword as a sentence for the person filling in the form: what the field expects. */
export function traitMessage(t: Translate, form: FormField, { keyword, params }: Violation): string {
  const { label: field } = form;
  const limit = Number(params?.limit ?? 0);
  switch (keyword) {
    case 'required':
    case 'invisible':
      return t('violation.required', { field });
    case 'maxLength':
      return t('violation.tooLong', { field, max: limit });
    case 'minLength':
      return limit === 1 ? t('violation.required', { field }) : t('violation.tooShort', { field, min: limit });
    case 'minimum':
      return t('violation.minimum', { field, limit });
    case 'maximum':
      return t('violation.maximum', { field, limit });
    case 'exclusiveMinimum':
      return t('violation.above', { field, limit });
    case 'exclusiveMaximum':
      return t('violation.below', { field, limit });
    case 'minItems':
      return limit === 1 ? t('violation.required', { field }) : t('violation.minItems', { field, min: limit });
    case 'maxItems':
      return t('violation.maxItems', { field, max: limit });
    case 'uniqueItems':
      return t('violation.unique', { field });
    case 'marks':
      return t('violation.marks', { field });
    case 'type':
    case 'format':
    case 'pattern':
      return expectation(t, form);
    case 'enum':
    case 'const':
    case 'oneOf':
    case 'anyOf':
      return form.options ? t('violation.choice', { field }) : expectation(t, form);
    case 'writeOnce':
      return t('violation.writeOnce', { field });
    case 'taken':
      return t('violation.taken', { field });
    case 'json':
      return t('violation.json');
    default:
      return t('violation.other', { field });
  }
}

/** What a field takes, by its type and format. */
function expectation(t: Translate, { type, format, label: field }: FormField): string {
  if (type === 'number') return t('violation.number', { field });
  if (type === 'integer') return t('violation.integer', { field });
  switch (format) {
    case 'email':
    case 'idn-email':
      return t('violation.email', { field });
    case 'uri':
    case 'iri':
      return t('violation.url', { field });
    case 'date':
      return t('violation.date', { field });
    case 'tel':
      return t('violation.phone', { field });
    default:
      return t('violation.format', { field });
  }
}
