import { deviceText } from '@/components/session/device-text';
import type { AuditEvent } from '@/lib/audit/model';
import { syncState } from '@/lib/credential/model';
import type { getPersonalData } from '@/lib/credential/service';
import type { ListedGrant } from '@/lib/grant/model';
import { directionOf, formatExact, formatList, formatNumber, type Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { displayName } from '@/lib/identity/model/name';
import { toFormField } from '@/lib/identity/model/traits-form';
import type { Pairing } from '@/lib/pairing/model';
import { imageFileName } from '@/lib/picture/model';
import { escapeHtml } from '@/lib/platform/html';
import { isJsonObject, type Json, toPointer } from '@/lib/platform/json';
import { isolated } from '@/lib/platform/text';
import { toDevice } from '@/lib/platform/user-agent';
import type { Project } from '@/lib/project/model';
import type { RecoveryCode } from '@/lib/recovery-code/model';
import { activitySentence } from '../_components/activity-sentence';

/** The name of the picture's file beside the page, without its ending. */
export const PICTURE_NAME = 'signet-picture';

type PersonalData = Awaited<ReturnType<typeof getPersonalData>> & {
  codes: Pick<RecoveryCode, 'createdAt' | 'usedAt'>[];
  pairings: Pairing[];
  grants: ListedGrant[];
};
type Row = [label: string, value: string];

/**
 * A person's data as a page for reading: one HTML file that loads nothing, in their language. Times are in UTC, because the
 * file is read anywhere.
 */
export async function* htmlOf(data: PersonalData, project: Project, locale: Locale): AsyncGenerator<string> {
  const t = translator(locale, 'personalData');
  const profile = translator(locale, 'profile');
  const { identity, passkeys, sessions } = data;
  const title = t('title', { name: displayName(identity), project: project.name });
  const exact = (date: Date) => formatExact(date, locale, 'UTC');
  yield headOf(title, t('lead', { date: exact(new Date()) }), locale);
  yield sectionOf(t('profile'), [tableOf([...traitRows(data, locale), ...accountRows(data, locale)])]);
  yield sectionOf(
    profile('passkeys.title'),
    passkeys.map((passkey) =>
      tableOf([
        [t('name'), isolated(passkey.name)],
        [t('kept'), profile(syncState(passkey) === 'synced' ? 'passkeys.synced' : 'passkeys.thisDeviceOnly')],
        [t('created'), exact(passkey.createdAt)],
        [t('lastUsed'), passkey.lastUsedAt ? exact(passkey.lastUsedAt) : t('never')],
      ]),
    ),
    t('none'),
  );
  yield sectionOf(
    profile('sessions.title'),
    sessions.map(({ session, device }) =>
      tableOf([
        [t('device'), isolated(deviceText(device, locale))],
        [t('address'), session.address],
        [t('signedIn'), exact(session.createdAt)],
        [t('lastSeen'), exact(session.lastSeenAt)],
        [t('expires'), exact(session.expiresAt)],
      ]),
    ),
  );
  yield sectionOf(translator(locale, 'recoveryCodes')('title'), codeTables(data, locale), t('none'));
  yield sectionOf(
    t('otherDevices'),
    data.pairings.map(({ state, userAgent, address, createdAt }) =>
      tableOf([
        [t('device'), userAgent === null ? t('none') : isolated(deviceText(toDevice(userAgent), locale))],
        [t('address'), address ?? t('none')],
        [t('outcome'), t('pairing', { state })],
        [t('created'), exact(createdAt)],
      ]),
    ),
    t('none'),
  );
  yield sectionOf(
    profile('applications.title'),
    data.grants.map(({ application, scopes, createdAt, lastUsedAt }) =>
      tableOf([
        [t('name'), isolated(application.name)],
        [t('allowed'), scopes.join(' ')],
        [t('created'), exact(createdAt)],
        [t('lastUsed'), lastUsedAt ? exact(lastUsedAt) : t('never')],
      ]),
    ),
    t('none'),
  );
  yield `<section><h2>${escapeHtml(profile('activity.title'))}</h2>\n<ul>\n`;
  for await (const page of data.activity()) yield page.map((event) => itemOf(event, locale)).join('');
  yield `</ul></section>\n</main>\n</body>\n</html>\n`;
}

/** Created together; never the codes, of which only hashes are stored. */
function codeTables({ codes }: PersonalData, locale: Locale): string[] {
  const [first] = codes;
  if (!first) return [];
  const t = translator(locale, 'personalData');
  const left = codes.filter(({ usedAt }) => usedAt === null).length;
  return [
    tableOf([
      [t('unused'), `${formatNumber(left, locale)} / ${formatNumber(codes.length, locale)}`],
      [t('created'), formatExact(first.createdAt, locale, 'UTC')],
    ]),
  ];
}

function traitRows({ identity, fields }: PersonalData, locale: Locale): Row[] {
  const labels = new Map(fields.map((field) => [field.pointer, toFormField(field, locale).label]));
  return leavesOf(identity.traits, ['traits']).map(([pointer, value]) => [
    isolated(labels.get(pointer) ?? pointer.slice('/traits/'.length)),
    isolated(typeof value === 'string' ? value : JSON.stringify(value)),
  ]);
}

function accountRows({ identity, picture }: PersonalData, locale: Locale): Row[] {
  const t = translator(locale, 'personalData');
  const verified = identity.verifiableAddresses.filter((address) => address.verified).map(({ value }) => value);
  return [
    [
      t('verified'),
      verified.length > 0
        ? formatList(
            verified.map((address) => isolated(address)),
            locale,
          )
        : t('none'),
    ],
    [t('id'), identity.id],
    [t('created'), formatExact(identity.createdAt, locale, 'UTC')],
    [t('changed'), formatExact(identity.updatedAt, locale, 'UTC')],
    ...(picture ? [[translator(locale, 'picture')('title'), imageFileName(PICTURE_NAME, picture)] satisfies Row] : []),
    ...(identity.externalId === null ? [] : [[t('externalId'), isolated(identity.externalId)] satisfies Row]),
    ...(identity.metadataPublic === null
      ? []
      : [[t('metadata'), isolated(JSON.stringify(identity.metadataPublic))] satisfies Row]),
  ];
}

/** Every value with its JSON Pointer. */
function leavesOf(value: Json, path: string[]): Array<[pointer: string, value: Json]> {
  if (!isJsonObject(value)) return [[toPointer(path), value]];
  return Object.entries(value).flatMap(([key, child]) => (child === undefined ? [] : leavesOf(child, [...path, key])));
}

function itemOf(event: AuditEvent, locale: Locale): string {
  const where = event.address === null ? '' : ` · ${escapeHtml(event.address)}`;
  const time = escapeHtml(formatExact(event.createdAt, locale, 'UTC'));
  return `<li>${escapeHtml(activitySentence(event, locale))}<small>${time}${where}</small></li>\n`;
}

function sectionOf(title: string, tables: string[], none = ''): string {
  const body = tables.length > 0 ? tables.join('\n') : `<p>${escapeHtml(none)}</p>`;
  return `<section><h2>${escapeHtml(title)}</h2>\n${body}\n</section>\n`;
}

function tableOf(rows: Row[]): string {
  const lines = rows.map(
    ([label, value]) => `<tr><th scope="row">${escapeHtml(label)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  return `<table>${lines.join('')}</table>`;
}

function headOf(title: string, lead: string, locale: Locale): string {
  return `<!doctype html>
<html lang="${locale}" dir="${directionOf(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(lead)}</p>
`;
}

/** `light-dark()` with the colors of app/globals.css. */
const STYLE = `
:root{color-scheme:light dark;--text:light-dark(#26201c,#ebe8e3);--muted:light-dark(#635b55,#aca8a0);--line:light-dark(#e2dfda,#34302c);--page:light-dark(#fbfaf7,#151311)}
body{margin:0;background:var(--page);color:var(--text);font:16px/24px system-ui,sans-serif}
main{max-width:44rem;margin:0 auto;padding:32px 16px 64px}
h1{font-size:24px;line-height:32px}h2{margin:32px 0 8px;font-size:16px}
p,small{color:var(--muted)}small{display:block;font-size:13px}
table{width:100%;margin:0 0 16px;border-collapse:collapse;border-block:1px solid var(--line)}
th,td{padding:4px 0;text-align:start;vertical-align:top;overflow-wrap:anywhere}th{width:12rem;padding-inline-end:16px;font-weight:400;color:var(--muted)}
ul{margin:0;padding:0;list-style:none}li{padding:8px 0;border-block-end:1px solid var(--line);overflow-wrap:anywhere}
@media (max-width:30rem){th{width:8rem}}
`;
