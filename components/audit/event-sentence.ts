import type { AuditEvent } from '@/lib/audit/model';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { getAt, isJsonObject, type Json } from '@/lib/platform/json';
import { withPasskeyRefusal } from './passkey-refusal';

/** An event as a sentence for operators. `subject` names the identity. Events with erased values still read well. */
export function eventSentence(event: AuditEvent, subject: string, locale: Locale): string {
  const { type, details } = event;
  const t = translator(locale, 'consoleAudit.sentence');
  const text = (...path: string[]) => {
    const value = getAt(details as Json, path);
    return typeof value === 'string' ? value : '';
  };
  if (type === 'identity.updated') return updateSentence(details as { changes?: Json }, subject, locale);
  const words = {
    subject,
    name: text('name') || text('changes', '/name', 'after') || text('client_id') || text('schema_id') || text('kid'),
    before: text('before'),
    method: text('method') || 'other',
    role: text('role') || 'other',
  };
  return withPasskeyRefusal(t(type, words), event, locale);
}

function updateSentence({ changes }: { changes?: Json }, subject: string, locale: Locale): string {
  const t = translator(locale, 'consoleAudit.sentence.identity_change');
  const pointers = isJsonObject(changes) ? Object.keys(changes) : [];
  const state = getAt(changes, ['/state', 'after']);
  if (state === 'active') return t('activated', { subject });
  if (state === 'inactive') return t('deactivated', { subject });
  const [verified] = pointers;
  if (verified?.startsWith('/verified/') && pointers.length === 1) {
    const isVerified = getAt(changes, [verified, 'after']) === true;
    return t(isVerified ? 'verified' : 'unverified', { subject, email: fieldName(verified) });
  }
  if (pointers.length === 0) return t('changed', { subject });
  return t('fields', { subject, fields: pointers.map(fieldName).join(', '), count: pointers.length });
}

/** `/traits/name/first` is "name / first": the pointer without its common prefix. */
export function fieldName(pointer: string): string {
  const [first, ...rest] = pointer.split('/').slice(1).map(unescapePointer);
  const parts = (first === 'traits' || first === 'verified') && rest.length > 0 ? rest : [first, ...rest];
  return parts.join(' / ');
}

/** RFC 6901 §4 */
const unescapePointer = (part: string) => part.replaceAll('~1', '/').replaceAll('~0', '~');
