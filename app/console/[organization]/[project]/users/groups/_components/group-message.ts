'use client';

import { MAX_DESCRIPTION_LENGTH, MAX_NAME_LENGTH } from '@/lib/group/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { Violation } from '@/lib/platform/errors';

/** The sentence for a violation in a setting of a group. */
export function useGroupMessage(): (violation: Violation) => string {
  const t = useTranslations('consoleGroups.violation');
  return ({ pointer, keyword }) => {
    switch (`${pointer.slice(1)}.${keyword}`) {
      case 'name.required':
        return t('nameMissing');
      case 'name.maxLength':
        return t('nameTooLong', { max: String(MAX_NAME_LENGTH) });
      case 'name.pattern':
        return t('nameUnreadable');
      case 'name.taken':
        return t('nameTaken');
      case 'description.maxLength':
        return t('descriptionTooLong', { max: String(MAX_DESCRIPTION_LENGTH) });
      default:
        return t('other');
    }
  };
}
