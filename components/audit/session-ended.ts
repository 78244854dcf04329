import type { AuditEvent } from '@/lib/audit/model';
import type { Locale } from '@/lib/i18n/model';
import { eventDevice } from './event-device';

/** The key below `activity` and `consoleAudit.sentence` for an event `session.ended`, and its values: one session names its device, several their number. */
export function sessionEnded(event: Pick<AuditEvent, 'details'>, locale: Locale) {
  const { count, scope, reason } = event.details;
  if (typeof count === 'number')
    return {
      key: scope === 'others' ? 'session.ended_others' : 'session.ended_all',
      values: { count, device: '' },
    } as const;
  const device = eventDevice(event, locale);
  if (device === null) return { key: 'session.ended_unknown', values: { count: 1, device: '' } } as const;
  const isSurplus = reason === 'too_many_sessions';
  return { key: isSurplus ? 'session.ended_limit' : 'session.ended', values: { count: 1, device } } as const;
}
