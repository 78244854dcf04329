import type { useTranslations } from '@/lib/i18n/use-translations';
import type { Violation } from '@/lib/platform/errors';

/** The sentence for a violation in a setting. `t` is `useTranslations('consoleProjects.violation')`. */
export function settingMessage(
  t: ReturnType<typeof useTranslations<'consoleProjects.violation'>>,
  { pointer, keyword, params }: Omit<Violation, 'message'>,
): string {
  switch (`${pointer.slice(1)}.${keyword}`) {
    case 'name.required':
    case 'name.maxLength':
    case 'name.pattern':
      return t(keyword === 'required' ? 'nameMissing' : keyword === 'maxLength' ? 'nameTooLong' : 'nameUnreadable');
    case 'slug.format':
      return t('slugFormat');
    case 'slug.reserved':
      return t('slugReserved');
    case 'slug.taken':
      return t('slugTaken');
    case 'origin.required':
      return t('originMissing');
    case 'origin.scheme':
      return t('originScheme');
    case 'origin.path':
      return t('originPath');
    case 'origin.address':
      return t('originAddress');
    case 'origin.maxItems':
      return t('originTooMany');
    case 'origin.taken':
      return t('originTaken');
    case 'origin.format':
      return t('originFormat');
    case 'sessionIdleSeconds.range':
      return t('idleRange');
    case 'sessionIdleSeconds.order':
      return t('idleOrder');
    case 'sessionLifetimeSeconds.range':
      return t('lifetimeRange');
    case 'accentColor.contrast':
      return t('accentContrast', { suggestion: String(params?.suggestion ?? '') });
    case 'accentColor.format':
      return t('accentFormat');
    case 'auditRetentionDays.range':
      return t('retentionRange');
    case 'mailFrom.format':
      return t('senderFormat', { example: 'Acme <no-reply@example.com>' });
    case 'logo.size':
      return t('logoSize');
    case 'logo.format':
      return t('logoFormat');
    case 'email.taken':
      return t('emailTaken');
    case 'email.format':
      return t('emailFormat');
    default:
      return t('other');
  }
}
