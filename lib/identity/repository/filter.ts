import type { NamedValues } from '@/lib/platform/db/named-statement';
import type { StateFilter } from '../model';

export type IdentityFilter = {
  ids?: string[];
  /** Normalized; exact. */
  identifier?: string;
  /** Normalized prefix of an identifier. */
  identifierPrefix?: string;
  state?: StateFilter;
  schemaId?: string;
  /** In the form of the search text, which must contain each of them. */
  words?: string[];
  passkeys?: PasskeyFilter;
};

/** By the passkeys of a relying party that identities have: none, or a single one that is on one device only. */
export type PasskeyFilter = { have: 'none' | 'one_device'; rpId: string };

/** Conditions on an identity `i` itself. */
export type Criteria = Pick<IdentityFilter, 'state' | 'schemaId' | 'words' | 'identifierPrefix' | 'passkeys'>;
export type Dialect = 'sqlite' | 'postgresql';

/** The part of a statement's name that depends on which criteria are set. */
export function shapeOf({ state, schemaId, words = [], identifierPrefix, passkeys }: Criteria): string {
  const flags = [
    state && (state === 'deleting' ? 'd' : 's'),
    schemaId !== undefined && 'm',
    identifierPrefix !== undefined && 'p',
    passkeys?.have,
  ];
  return `${flags.filter(Boolean).join('')}${words.length}`;
}

export function conditionsOf(
  { state, schemaId, words = [], identifierPrefix, passkeys }: Criteria,
  dialect: Dialect,
): Array<string | false> {
  return [
    'i."projectId" = :projectId',
    state !== undefined && (state === 'deleting' ? 'i."deletionDueAt" IS NOT NULL' : 'i.state = :state'),
    schemaId !== undefined && 'i."schemaId" = :schemaId',
    // Omits the project, which equals the identity's, so that only the index by identity fits.
    identifierPrefix !== undefined &&
      `EXISTS (SELECT 1 FROM "Identifier" k WHERE k."identityId" = i.id AND ${startsWith('k.value', dialect)})`,
    ...words.map((_, at) => contains(`:word${at}`, dialect)),
    passkeys !== undefined && PASSKEYS[passkeys.have],
  ];
}

const PASSKEYS = {
  none: 'NOT EXISTS (SELECT 1 FROM "Passkey" p WHERE p."identityId" = i.id AND p."rpId" = :rpId)',
  one_device: `(SELECT count(*) FROM "Passkey" p WHERE p."identityId" = i.id AND p."rpId" = :rpId) = 1
    AND EXISTS (SELECT 1 FROM "Passkey" p WHERE p."identityId" = i.id AND p."rpId" = :rpId AND NOT p."isBackedUp")`,
};

export function valuesOf(projectId: string, criteria: Criteria): NamedValues {
  const { state, schemaId, words = [], identifierPrefix, passkeys } = criteria;
  return {
    projectId,
    state,
    schemaId,
    prefix: identifierPrefix,
    rpId: passkeys?.rpId,
    afterPrefix: identifierPrefix && `${identifierPrefix}\u{10ffff}`,
    ...Object.fromEntries(words.map((word, at) => [`word${at}`, word])),
  };
}

/** Bytewise, as the index compares, in any locale of the database. */
export function startsWith(column: string, dialect: Dialect): string {
  const [from, before] = dialect === 'sqlite' ? ['>=', '<'] : ['~>=~', '~<~'];
  return `${column} ${from} :prefix AND ${column} ${before} :afterPrefix`;
}

/** Words contain no special characters of LIKE; PostgreSQL's index supports only LIKE. */
function contains(word: string, dialect: Dialect): string {
  return dialect === 'sqlite' ? `instr(i."searchText", ${word}) > 0` : `i."searchText" LIKE '%' || ${word} || '%'`;
}
