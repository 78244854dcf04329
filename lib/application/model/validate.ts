import type { Violation } from '@/lib/platform/errors';
import { nameFault } from '@/lib/platform/text';
import {
  type ApplicationKind,
  type ApplicationSettings,
  LIFETIME_BOUNDS,
  MAX_LISTED,
  MAX_NAME_LENGTH,
  MAX_URI_LENGTH,
} from '../model';
import { launchUrlFault, logoutUriFault, redirectUriFault, type UriFault } from './uri';

/** A fault of settings. `keyword` has its words on the page, `message` is for programs. */
export type SettingsFault = {
  field: keyof ApplicationSettings;
  /** Of an item of a list. */
  index?: number;
  keyword: string;
  message: string;
};

const URI_MESSAGES: Record<UriFault, string> = {
  unreadable: 'is not an absolute URI',
  long: `must not exceed ${MAX_URI_LENGTH} characters`,
  fragment: 'must not have a fragment',
  wildcard: 'must not contain *; it is compared exactly',
  credentials: 'must not contain a user name or password',
  insecure: 'must use https, or http on a loopback address',
  localhost: 'must name 127.0.0.1 or [::1] instead of localhost',
  scheme: 'must use https, or for native applications a scheme with a dot',
};

/** Every fault of the given settings; absent ones are not checked. Runs in browsers, too. */
export function settingsFaults(kind: ApplicationKind, settings: Partial<ApplicationSettings>): SettingsFault[] {
  const { name, redirectUris, postLogoutRedirectUris, logoutUri, launchUrl, scopes, audiences, requiresPkce } =
    settings;
  return [
    ...nameFaults(name),
    ...(redirectUris?.length === 0 ? [fault('redirectUris', 'required', 'must not be empty')] : []),
    ...uriFaults('redirectUris', redirectUris, (uri) => redirectUriFault(kind, uri)),
    ...uriFaults('postLogoutRedirectUris', postLogoutRedirectUris, (uri) => redirectUriFault(kind, uri)),
    ...(logoutUri ? toFaults('logoutUri', logoutUriFault(logoutUri)) : []),
    ...(launchUrl ? toFaults('launchUrl', launchUrlFault(launchUrl)) : []),
    ...(scopes && !scopes.includes('openid') ? [fault('scopes', 'required', 'must contain openid')] : []),
    ...uriFaults('audiences', audiences, audienceFault),
    ...(requiresPkce === false && kind !== 'web'
      ? [fault('requiresPkce', 'public', 'must be true without a secret')]
      : []),
    ...lifetimeFaults(settings),
    ...((settings.groupIds?.length ?? 0) > MAX_LISTED ? [tooMany('groupIds')] : []),
  ];
}

/** As violations of the service's own fields. */
export function toViolations(faults: readonly SettingsFault[]): Violation[] {
  return faults.map(({ field, index, keyword, message }) => ({
    pointer: index === undefined ? `/${field}` : `/${field}/${index}`,
    message,
    keyword,
  }));
}

function fault(field: SettingsFault['field'], keyword: string, message: string, index?: number): SettingsFault {
  return { field, keyword, message, ...(index !== undefined && { index }) };
}

function tooMany(field: SettingsFault['field']): SettingsFault {
  return fault(field, 'maxItems', `must not have more than ${MAX_LISTED} items`);
}

function toFaults(field: SettingsFault['field'], found: UriFault | null, index?: number): SettingsFault[] {
  return found === null ? [] : [fault(field, found, URI_MESSAGES[found], index)];
}

function nameFaults(name: string | undefined): SettingsFault[] {
  if (name === undefined) return [];
  const found = nameFault(name);
  if (found === 'empty') return [fault('name', 'required', 'A name is required')];
  if (found) return [fault('name', 'pattern', 'contains characters that cannot be displayed')];
  return name.length > MAX_NAME_LENGTH
    ? [fault('name', 'maxLength', `must not exceed ${MAX_NAME_LENGTH} characters`)]
    : [];
}

function uriFaults(
  field: SettingsFault['field'],
  uris: readonly string[] | undefined,
  faultOf: (uri: string) => UriFault | null,
): SettingsFault[] {
  if (!uris) return [];
  if (uris.length > MAX_LISTED) return [tooMany(field)];
  const doubled = uris.flatMap((uri, index) =>
    uris.indexOf(uri) < index ? [fault(field, 'uniqueItems', 'is listed twice', index)] : [],
  );
  return [...uris.flatMap((uri, index) => toFaults(field, faultOf(uri), index)), ...doubled];
}

/** RFC 8707 §2: an absolute URI without a fragment. */
function audienceFault(uri: string): UriFault | null {
  if (uri.length > MAX_URI_LENGTH) return 'long';
  if (!/^[!-~]+$/.test(uri) || !URL.canParse(uri)) return 'unreadable';
  return uri.includes('#') ? 'fragment' : null;
}

function lifetimeFaults(settings: Partial<ApplicationSettings>): SettingsFault[] {
  const names = ['accessTokenSeconds', 'refreshIdleSeconds', 'refreshLifetimeSeconds'] as const;
  const outside = names.flatMap((name) => {
    const value = settings[name];
    const { min, max } = LIFETIME_BOUNDS[name];
    if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) return [];
    return [fault(name, 'range', `must be from ${min} to ${max} seconds`)];
  });
  const { refreshIdleSeconds: idle, refreshLifetimeSeconds: lifetime } = settings;
  if (outside.length > 0 || idle === undefined || lifetime === undefined || idle <= lifetime) return outside;
  return [fault('refreshIdleSeconds', 'order', 'must not exceed refresh_lifetime_seconds')];
}
