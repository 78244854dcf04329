import type { AuditEvent } from '@/lib/audit/model';
import { undoneEventOf } from '@/lib/audit/model/undo';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { getAt, type Json, pointerParts } from '@/lib/platform/json';
import { changesOf, type FieldTitles, fieldName, isVerification } from './event-fields';
import { withRefusalReason } from './refusal-reason';
import { sessionEnded } from './session-ended';

/** What the names in a sentence are read from, for a page of events. */
export type SentenceNames = {
  /** The person an event concerns; "" when it concerns none. */
  subjectOf: (event: AuditEvent) => string;
  /** The current name of an API credential, for events that were recorded without it. */
  programOf: (clientId: string) => string | undefined;
  titles: FieldTitles;
};

/** An event as a sentence for operators. Events with erased values still read well. */
export function eventSentence(event: AuditEvent, names: SentenceNames, locale: Locale): string {
  const sentence = plainSentence(event, names, locale);
  if (undoneEventOf(event) === null) return sentence;
  return translator(locale, 'consoleAudit')('byUndo', { sentence });
}

function plainSentence(event: AuditEvent, names: SentenceNames, locale: Locale): string {
  const { type, details } = event;
  const t = translator(locale, 'consoleAudit.sentence');
  const text = (...path: string[]) => {
    const value = getAt(details as Json, path);
    return typeof value === 'string' ? value : '';
  };
  const subject = names.subjectOf(event);
  if (type === 'identity.updated') return updateSentence(event, subject, names.titles, locale);
  if (type === 'session.ended') {
    const { key, values } = sessionEnded(event, locale);
    return t(key, { subject, ...values });
  }
  if (type === 'sign_in.refused') {
    const purpose = text('purpose') || 'other';
    const refused = subject === '' ? t('sign_in.refused_unknown') : t(type, { subject, purpose });
    return withRefusalReason(refused, event, locale);
  }
  if (type === 'identity.deletion_cancelled') return t(type, { subject, reason: text('reason') || 'other' });
  if (type === 'identity.exported')
    return t(type, { count: Number(details.count ?? 0), format: text('format') || 'other' });
  if (type === 'webhook.disabled') return t(type, { name: text('url'), reason: text('reason') || 'other' });
  const clientId = text('client_id');
  const kids = Array.isArray(details.kids) ? details.kids : [];
  const words = {
    subject,
    name:
      text('name') ||
      text('changes', '/name', 'after') ||
      (names.programOf(clientId) ?? clientId) ||
      text('schema_id') ||
      text('url') ||
      text('kid') ||
      kids.join(', ') ||
      translator(locale, 'profile.passkeys')('unknownProvider'),
    count: Math.max(1, kids.length),
    before: text('before'),
    method: text('method') || 'other',
    role: text('role') || 'other',
    by: deletionKind(event),
  };
  return withRefusalReason(t(type, words), event, locale);
}

/** `bin`: into the recycle bin. Once purged, its event no longer says so. */
function deletionKind({ actorId, identityId, details }: AuditEvent): 'self' | 'bin' | 'other' {
  if (actorId !== null && actorId === identityId) return 'self';
  return details.purge_at === undefined ? 'other' : 'bin';
}

function updateSentence(event: AuditEvent, subject: string, titles: FieldTitles, locale: Locale): string {
  const t = translator(locale, 'consoleAudit.sentence.identity_change');
  const changes = changesOf(event);
  const state = changes.find(([pointer]) => pointer === '/state')?.[1].after;
  if (state === 'active') return t('activated', { subject });
  if (state === 'inactive') return t('deactivated', { subject });
  const [first] = changes;
  if (!first) return t('changed', { subject });
  const [pointer, { after }] = first;
  if (isVerification(pointer) && changes.length === 1) {
    const [, email = ''] = pointerParts(pointer);
    return t(after === true ? 'verified' : 'unverified', { subject, email });
  }
  // A new address is unverified: the field that changed says enough.
  const fields = changes.filter(([at]) => !isVerification(at));
  const shown = (fields.length > 0 ? fields : changes).map(([at]) => fieldName(at, titles, locale));
  return t('fields', { subject, fields: shown.join(', '), count: shown.length });
}
