import { eventDevice } from '@/components/audit/event-device';
import { withRefusalReason } from '@/components/audit/refusal-reason';
import { sessionEnded } from '@/components/audit/session-ended';
import { deviceText } from '@/components/session/device-text';
import type { AuditEvent } from '@/lib/audit/model';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { getAt, isJsonObject, type Json } from '@/lib/platform/json';

/** An event of the person's own account as a sentence. Events with erased values still read well. */
export function activitySentence(event: AuditEvent, locale: Locale): string {
  const { type, details } = event;
  const t = translator(locale, 'activity');
  const passkeys = translator(locale, 'profile.passkeys');
  const text = (key: string, fallback = '') => {
    const value = details[key];
    return typeof value === 'string' ? value : fallback;
  };
  const name = text('name', passkeys('unknownProvider'));
  switch (type) {
    case 'identity.created':
      return t('identity.created');
    case 'identity.updated':
      return updateSentence(details as { changes?: Json }, locale);
    case 'session.started':
    case 'session.replaced':
      return t(type, { method: text('method', 'other') });
    case 'session.ended': {
      const { key, values } = sessionEnded(event, locale);
      return t(key, values);
    }
    case 'sign_in.disowned':
    case 'identity.deleted':
    case 'identity.restored':
    case 'identity.identifier_displaced':
    case 'identity.recovery_issued':
    case 'identity.picture_changed':
    case 'identity.picture_removed':
    case 'identity.email_change_undone':
    case 'identity.deletion_requested':
    case 'identity.deletion_cancelled':
    case 'operator.added':
      return t(type);
    case 'sign_in.refused':
      return withRefusalReason(t(type, { purpose: text('purpose', 'other') }), event, locale);
    case 'passkey.invited':
      return t(type);
    case 'passkey.refused':
      return withRefusalReason(t(type), event, locale);
    case 'operator.role_changed':
      return t(type, { role: text('role', 'other') });
    case 'operator.removed':
      return t(type, { organization: text('organization') });
    case 'application.signed_in':
    case 'grant.given':
    case 'grant.revoked':
    case 'authorization_code.reused':
    case 'refresh_token.reused':
    case 'group.member_added':
    case 'group.member_removed':
      return t(type, { name: text('name') });
    case 'passkey.added':
    case 'passkey.deleted':
    case 'passkey.counter_warning':
      return t(type, { name });
    case 'recovery_code.created':
    case 'recovery_code.revoked':
    case 'pairing.started':
      return t(type);
    case 'recovery_code.used':
      return t(type, { left: typeof details.left === 'number' ? details.left : 0 });
    case 'pairing.requested':
    case 'pairing.confirmed':
      return t(type, { device: eventDevice(event, locale) ?? deviceText({ browser: null, system: null }, locale) });
    case 'pairing.ended':
      return t(type, { reason: text('reason', 'other') });
    case 'passkey.renamed':
      return t(type, { before: text('before'), name });
    default:
      return t('other');
  }
}

function updateSentence({ changes }: { changes?: Json }, locale: Locale): string {
  const t = translator(locale, 'activity');
  const after = (pointer: string) => getAt(changes, [pointer, 'after']);
  const state = after('/state');
  if (state === 'active') return t('identity.activated');
  if (state === 'inactive') return t('identity.deactivated');
  const pointers = isJsonObject(changes) ? Object.keys(changes) : [];
  const verified = pointers.filter((pointer) => pointer.startsWith(VERIFIED) && after(pointer) !== null);
  const email = verified.map(addressIn).find((address) => pointers.some((pointer) => after(pointer) === address));
  if (email) return t('identity.email_changed', { email });
  const [only] = verified;
  if (only && pointers.length === 1 && after(only) === true)
    return t('identity.address_verified', { email: addressIn(only) });
  return t('identity.updated');
}

const VERIFIED = '/verified/';

/** RFC 6901 §4 */
const addressIn = (pointer: string) => pointer.slice(VERIFIED.length).replaceAll('~1', '/').replaceAll('~0', '~');
