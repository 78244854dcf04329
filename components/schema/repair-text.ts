import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { Repair } from '@/lib/schema-change/model/repair';
import type { Suggestion } from '@/lib/schema-change/model/suggest';

/** A chosen repair, with its place. */
export function repairText(repair: Repair, locale: Locale): string {
  const t = translator(locale, 'consoleSchemaChange.repairs');
  const { pointer } = repair;
  switch (repair.op) {
    case 'default':
      return t('defaultAt', { pointer, value: JSON.stringify(repair.value) });
    case 'replace': {
      const value = JSON.stringify(repair.value);
      return t(repair.keyword === 'required' ? 'setAt' : 'replaceAt', { pointer, value });
    }
    case 'move':
      return t('move', { from: repair.from, pointer });
    case 'remove':
      return t(repair.where === 'everywhere' ? 'removeEverywhere' : 'removeAt', { pointer });
    case 'convert':
      return t('convertAt', { pointer, conversion: t(`convert.${repair.to}`) });
    case 'leave':
      return t('leaveAt', { pointer });
  }
}

/** A suggestion, beside the place that it is for. */
export function suggestionText(suggestion: Suggestion, locale: Locale): string {
  const t = translator(locale, 'consoleSchemaChange.repairs');
  const [first] = suggestion;
  switch (first?.op) {
    case 'replace':
      return t(first.keyword === 'required' ? 'set' : 'replace', { value: '…' });
    case 'convert':
      return t(`convert.${first.to}`);
    case 'remove':
      return t('remove');
    case 'leave':
      return t('leave');
    default:
      return first ? repairText(first, locale) : '';
  }
}
