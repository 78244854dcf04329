import {
  type ApplicationKind,
  type ApplicationSettings,
  LIFETIME_BOUNDS,
  MAX_LISTED,
  MAX_NAME_LENGTH,
  MAX_URI_LENGTH,
} from '@/lib/application/model';
import { type SettingsFault, settingsFaults } from '@/lib/application/model/validate';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { Violation } from '@/lib/platform/errors';
import { pointerParts } from '@/lib/platform/json';

/** Violations of the fields as a whole: the item of a list is in `params.value`. */
export function violationsOf(kind: ApplicationKind, settings: Partial<ApplicationSettings>): Violation[] {
  return settingsFaults(kind, settings).map((fault) => toViolation(fault, settings));
}

function toViolation(
  { field, index, keyword, message }: SettingsFault,
  settings: Partial<ApplicationSettings>,
): Violation {
  const value = settings[field];
  const item = Array.isArray(value) && index !== undefined ? value[index] : value;
  return { pointer: `/${field}`, keyword, message, params: { value: String(item ?? '') } };
}

/** The same for what the server refuses, whose pointers name items. */
export function atFields(violations: readonly Violation[], settings: Partial<ApplicationSettings>): Violation[] {
  const values: Record<string, unknown> = settings;
  return violations.map((violation) => {
    const [field = '', index] = pointerParts(violation.pointer);
    const value = values[field];
    const item = Array.isArray(value) && index !== undefined ? value[Number(index)] : value;
    return { ...violation, pointer: `/${field}`, params: { value: String(item ?? '') } };
  });
}

/** The sentence for a violation in a setting of an application. */
export function useSettingsMessage(kind: ApplicationKind): (violation: Violation) => string {
  const t = useTranslations('consoleApplications.violation');
  return ({ pointer, keyword, params }) => {
    const field = pointer.slice(1);
    const value = String(params?.value ?? '');
    switch (keyword) {
      case 'required':
        return t(field === 'name' ? 'nameMissing' : field === 'scopes' ? 'scopeMissing' : 'urisMissing');
      case 'maxLength':
        return t('nameTooLong', { max: String(MAX_NAME_LENGTH) });
      case 'pattern':
        return t('nameUnreadable');
      case 'maxItems':
        return t('tooMany', { max: String(MAX_LISTED) });
      case 'uniqueItems':
        return t('listedTwice', { value });
      case 'long':
        return t('long', { max: String(MAX_URI_LENGTH) });
      case 'unreadable':
      case 'fragment':
      case 'wildcard':
      case 'credentials':
      case 'insecure':
      case 'localhost':
      case 'admin':
        return t(keyword, { value });
      case 'scheme':
        return t(kind === 'native' ? 'schemeNative' : 'scheme', { value });
      case 'unknown':
        return t('groupUnknown');
      case 'range':
        return t('range', rangeOf(field));
      case 'order':
        return t('order');
      default:
        return t('other');
    }
  };
}

function rangeOf(field: string): { min: string; max: string } {
  const inMinutes = field === 'accessTokenSeconds';
  const bounds = Object.entries(LIFETIME_BOUNDS).find(([name]) => name === field)?.[1];
  const unit = inMinutes ? 60 : 3600;
  const of = (seconds: number) => `${Math.round(seconds / unit)} ${inMinutes ? 'min' : 'h'}`;
  return { min: of(bounds?.min ?? 0), max: of(bounds?.max ?? 0) };
}
