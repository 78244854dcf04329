import type { useTranslations } from '@/lib/i18n/use-translations';
import type { FormField } from '@/lib/identity/model/traits-form';
import type { Violation } from '@/lib/platform/errors';

/** A violated schema keyword as a sentence for the person filling in the form. */
export function traitMessage(
  t: ReturnType<typeof useTranslations<'settings'>>,
  { label: field }: FormField,
  { keyword, params }: Violation,
): string {
  const limit = Number(params?.limit ?? 0);
  switch (keyword) {
    case 'required':
    case 'invisible':
      return t('violation.required', { field });
    case 'maxLength':
      return t('violation.tooLong', { max: limit });
    case 'minLength':
      return limit === 1 ? t('violation.required', { field }) : t('violation.tooShort', { min: limit });
    case 'marks':
      return t('violation.marks');
    case 'format':
    case 'pattern':
    case 'type':
      return t('violation.format', { field });
    case 'enum':
    case 'const':
      return t('violation.choice');
    case 'taken':
      return t('violation.taken', { field });
    case 'json':
      return t('violation.json');
    default:
      return t('violation.other', { field });
  }
}
