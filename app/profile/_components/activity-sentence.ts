import { withPasskeyRefusal } from '@/components/audit/passkey-refusal';
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
    case 'session.ended':
      return t('session.ended', { device: deviceName(details.device as Json | undefined, locale) });
    case 'sign_in.disowned':
    case 'identity.identifier_displaced':
    case 'identity.recovery_issued':
    case 'identity.email_change_undone':
    case 'operator.added':
      return t(type);
    case 'sign_in.refused':
    case 'passkey.refused':
      return withPasskeyRefusal(t(type), event, locale);
    case 'operator.role_changed':
      return t(type, { role: text('role', 'other') });
    case 'operator.removed':
      return t(type, { organization: text('organization') });
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
      return t(type, { device: deviceName(details.device as Json | undefined, locale) });
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
  const email = after('/traits/email');
  if (typeof email === 'string') return t('identity.email_changed', { email });
  const pointers = isJsonObject(changes) ? Object.keys(changes) : [];
  const verified = pointers.find((pointer) => pointer.startsWith('/verified/') && after(pointer) === true);
  if (verified && pointers.length === 1)
    return t('identity.address_verified', { email: verified.slice('/verified/'.length) });
  return t('identity.updated');
}

function deviceName(device: Json | undefined, locale: Locale): string {
  const t = translator(locale, 'profile.sessions');
  const browser = getAt(device, ['browser']);
  const system = getAt(device, ['system']);
  if (typeof browser === 'string' && typeof system === 'string') return t('device', { browser, system });
  return typeof browser === 'string' ? browser : t('unknownDevice');
}
