import { pointerParts } from '@/lib/platform/json';
import { fieldsOf, type IdentitySchema } from '@/lib/schema/model';
import type { ImportFormat, Mapping, Match } from '../model';
import { REASON_COLUMN } from '../model';

/** Members of an identity that a column may fill, besides traits and members of metadata. */
export const MEMBERS = [
  '/id',
  '/external_id',
  '/schema_id',
  '/state',
  '/verified',
  '/created_at',
  '/updated_at',
  '/state_changed_at',
  '/traits',
  '/metadata_public',
  '/metadata_admin',
] as const;

/** Other names under which systems and people know a member, in the languages of our screens. */
const NAMES: Array<[string, RegExp]> = [
  [
    '/external_id',
    /^(external ?id|externe? ?(id|kennung|nummer)|customer ?(id|number)|kundennummer|user ?id|uid|subject)$/,
  ],
  ['/id', /^(signet ?id|identity ?id)$/],
  ['/state', /^(state|status|enabled|active|aktiv|zustand|actif|activo)$/],
  ['/verified', /^(verified|e?mail ?verified|is ?verified|verifiziert|bestätigt|vérifié|verificado)$/],
  ['/created_at', /^(created|created ?at|created ?timestamp|creation ?date|erstellt|angelegt|erstellt ?am)$/],
];
/** Words for traits that schemas name differently. */
const SYNONYMS: Array<[RegExp, RegExp]> = [
  [/^e ?mail$/, /^(e ?mail( ?address)?|e ?mail ?adresse|mail|correo( electrónico)?|adresse e ?mail|courriel)$/],
  [/^(first|first ?name|given ?name)$/, /^(first( ?name)?|given ?name|vorname|prénom|prenom|nombre)$/],
  [
    /^(last|last ?name|family ?name|surname)$/,
    /^(last( ?name)?|family ?name|surname|nachname|nom( de famille)?|apellidos?)$/,
  ],
  [/^(phone|phone ?number)$/, /^(phone( ?number)?|telephone|telefon(nummer)?|mobile|téléphone|teléfono)$/],
  [/^user ?name$/, /^(user ?name|login|benutzername)$/],
];
/** Never a suggestion: passwords are not imported, and what systems keep for themselves means nothing here. */
const IGNORED =
  /pass ?(word|wort|wd)|hash|secret|salt|^(picture|identities|logins? ?count|last ?login|last ?ip|totp|required ?actions|groups|realm ?roles)$/;

/** Suggests where each column goes, by its name, the schema's names, and the titles in all languages. */
export function suggestMapping(columns: readonly string[], schema: IdentitySchema, format: ImportFormat): Mapping {
  const used = new Set<string>();
  const entries = columns.map((column): [string, string | null] => {
    const target = targetOf(column, schema, format);
    if (target === null || used.has(target)) return [column, null];
    used.add(target);
    return [column, target];
  });
  return Object.fromEntries(entries);
}

function targetOf(column: string, schema: IdentitySchema, format: ImportFormat): string | null {
  if (column === REASON_COLUMN) return null;
  const own = `/${column.replace(/^\//, '')}`;
  const fields = fieldsOf(schema.document);
  if (fields.some(({ pointer }) => pointer === own) || MEMBERS.some((member) => member === own)) {
    // The ID of another system is not ours.
    return own === '/id' && (format === 'keycloak' || format === 'auth0') ? '/external_id' : own;
  }
  if (/^\/metadata_(public|admin)\/./.test(own)) return own;
  const name = plain(column);
  if (IGNORED.test(name)) return null;
  const named = fields.find(({ path, title, titles }) =>
    [path.at(-1) ?? '', path.join(' '), title, ...Object.values(titles)].some((known) => plain(known) === name),
  );
  if (named) return named.pointer;
  const alike = fields.find(({ path }) => {
    const own = [plain(path.at(-1) ?? ''), plain(path.join(' '))];
    return SYNONYMS.some(([trait, words]) => own.some((word) => trait.test(word)) && words.test(name));
  });
  if (alike) return alike.pointer;
  const member = NAMES.find(([, words]) => words.test(name))?.[0];
  if (member) return member;
  if (format === 'auth0' && /^app_metadata\./.test(column)) return memberOf('metadata_admin', column.slice(13));
  if (format === 'auth0' && /^user_metadata\./.test(column)) return memberOf('metadata_public', column.slice(14));
  return null;
}

/** Letters in lower case, separated by single spaces: `E-Mail_Address` and `emailAddress` become `e mail address`, `email address`. */
function plain(name: string): string {
  return name
    .normalize('NFC')
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/^attributes\./, '')
    .replace(/[\s_\-./:*()]+/g, ' ')
    .trim()
    .toLowerCase();
}

function escaped(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** A pointer that a column may have as its target. */
export function isTarget(pointer: string): boolean {
  if (MEMBERS.some((member) => member === pointer)) return true;
  const parts = pointerParts(pointer);
  return (
    pointer.length <= 512 &&
    /^\/(traits|metadata_public|metadata_admin)\/./.test(pointer) &&
    parts.length <= 20 &&
    !parts.includes('__proto__')
  );
}

/** The safest key that the file has. */
export function suggestMatch(targets: ReadonlyArray<string | null>): Match {
  if (targets.includes('/id')) return 'id';
  return targets.includes('/external_id') ? 'external_id' : 'identifier';
}

/** Whether a column by its name holds passwords, which are counted and never imported. */
export function isPasswordColumn(column: string): boolean {
  return /pass ?(word|wort|wd)|password ?hash/.test(plain(column));
}

/** A member of metadata that is named like a column. */
export function memberOf(metadata: 'metadata_public' | 'metadata_admin', column: string): string {
  return `/${metadata}/${escaped(column)}`;
}
