import type { AuditEvent } from '@/lib/audit/model';
import { formatExact, isLocale, LOCALE_NAMES, type Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { isJsonObject, type Json, pointerParts } from '@/lib/platform/json';

/** The schema's titles of traits, by pointer: "First name" for `/traits/name/first`. */
export type FieldTitles = ReadonlyMap<string, string>;

/** Fields with a name in the catalogue. */
const NAMED = [
  ...([
    'state',
    'schema_id',
    'schema_version',
    'external_id',
    'metadata_public',
    'metadata_admin',
    'name',
    'slug',
    'role',
  ] as const),
  ...(['registration', 'session_idle_seconds', 'session_lifetime_seconds', 'audit_retention_days'] as const),
  ...(['deletion_grace_days', 'recovery_codes'] as const),
  ...(['accent_color', 'logo', 'mail_from', 'signing_algorithm', 'origin', 'origins', 'waiting'] as const),
  ...(['console_needs_passkey', 'token_endpoint_auth_method', 'scopes', 'audiences', 'expires_at'] as const),
  ...(['redirect_uris', 'post_logout_redirect_uris', 'backchannel_logout_uri', 'client_uri'] as const),
  ...(['application_type', 'skip_consent', 'allowed_groups', 'require_pkce', 'description'] as const),
  ...(['access_token_seconds', 'refresh_idle_seconds', 'refresh_lifetime_seconds'] as const),
  ...(['url', 'event_types', 'active'] as const),
] as const;

/** The fields an event changed, by pointer; without those whose values were erased. */
export function changesOf({ details }: Pick<AuditEvent, 'details'>): Array<[string, { before: Json; after: Json }]> {
  const changes = details.changes as Json | undefined;
  if (!isJsonObject(changes)) return [];
  return Object.entries(changes).map(([pointer, change]) => {
    const { before = null, after = null } = isJsonObject(change) ? change : {};
    return [pointer, { before, after }];
  });
}

/**
 * A field in words: "First name" (the schema's title), "Verification of ada@example.com", "Session lifetime". A trait
 * that the schema no longer has is named by its path.
 */
export function fieldName(pointer: string, titles: FieldTitles, locale: Locale): string {
  const t = translator(locale, 'consoleAudit.fields');
  const title = titles.get(pointer);
  if (title) return title;
  const [first = '', ...rest] = pointerParts(pointer);
  if (first === 'verified' && rest.length === 1) return t('verified', { email: rest[0] ?? '' });
  const [language, key] = rest;
  if (first === 'texts' && isLocale(language) && key !== undefined)
    return t('text', { key, language: LOCALE_NAMES[language] });
  if (first === 'traits' && rest.length > 0) return rest.join(' / ');
  const named = NAMED.find((name) => name === first);
  return [named ? t(named) : first, ...rest].join(' / ');
}

/** Whether the event itself says which address it is about. */
export const isVerification = (pointer: string) => pointer.startsWith('/verified/');

/** A value in words. Null if there is, or was, none. */
export function fieldValue(pointer: string, value: Json, locale: Locale): string | null {
  if (value === null || (Array.isArray(value) && value.length === 0)) return null;
  const t = translator(locale, 'consoleAudit.values');
  if (isVerification(pointer) && typeof value === 'boolean')
    return translator(locale, 'consoleUsers')(value ? 'verified' : 'unverified');
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (pointer === '/state' && (value === 'active' || value === 'inactive')) return t(value);
  if (typeof value === 'string') return isTime(pointer) ? formatExact(new Date(value), locale, 'UTC') : value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(', ');
  return JSON.stringify(value);
}

const isTime = (pointer: string) => /(^|\/)expires_at$/.test(pointer);
