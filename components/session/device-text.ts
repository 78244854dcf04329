import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { Device } from '@/lib/platform/user-agent';

/** "Firefox on Linux", as far as known. */
export function deviceText({ browser, system }: Pick<Device, 'browser' | 'system'>, locale: Locale): string {
  const t = translator(locale, 'profile.sessions');
  return browser && system ? t('device', { browser, system }) : (browser ?? system ?? t('unknownDevice'));
}
