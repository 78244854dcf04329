import { deviceText } from '@/components/session/device-text';
import type { AuditEvent } from '@/lib/audit/model';
import type { Locale } from '@/lib/i18n/model';
import { getAt, type Json } from '@/lib/platform/json';

/** Browser and system of an event in words, such as "Firefox on Linux"; null where none was recorded. */
export function eventDevice({ details }: Pick<AuditEvent, 'details'>, locale: Locale): string | null {
  const nameAt = (key: string) => {
    const name = getAt(details as Json, ['device', key]);
    return typeof name === 'string' ? name : null;
  };
  const device = { browser: nameAt('browser'), system: nameAt('system') };
  return device.browser || device.system ? deviceText(device, locale) : null;
}
