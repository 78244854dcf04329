import { allNamed, type NamedStatement, type NamedValues, namedStatement } from '@/lib/platform/db/named-statement';
import { all, first, run, statement } from '@/lib/platform/db/statement';
import { transaction } from '@/lib/platform/db/transaction';
import { trigramQuery } from '@/lib/platform/db/trigrams';
import { type Criteria, conditionsOf, type Dialect, shapeOf, startsWith, valuesOf } from './filter';

/** The statements of lists and searches. Each reads a bounded number of rows, given a bounded range. */
export type SearchOrder = { by: 'created' | 'name' | 'signedIn'; isDescending: boolean };
/** A position in a list; with the value that the list is sorted by, if it is not the ID. */
export type Place = { id: string; sortName?: string; signedInAt?: number };
export type Range = {
  /** Exclusive. */
  after?: Place | null;
  /** Inclusive. */
  upTo?: Place | null;
  /** Only these. */
  ids?: readonly string[];
};

/** The column before the ID in the index that a list follows. */
const SORT_KEYS = { created: null, name: 'i."sortName"', signedIn: 'i."signedInAt"' } as const;
/** Parts of the names of values: `:afterName`. */
const KEY_VALUES = { name: 'Name', signedIn: 'SignedIn' } as const;

/** The places of a range in order, `offset` skipped. */
export async function placesIn(
  projectId: string,
  criteria: Criteria,
  order: SearchOrder,
  range: Range,
  { offset = 0, limit }: { offset?: number; limit: number },
): Promise<Place[]> {
  const { by, isDescending } = order;
  const direction = isDescending ? 'DESC' : 'ASC';
  const key = SORT_KEYS[by];
  const columns = key === null ? 'i.id' : `i.id, ${key}`;
  const sorting = key === null ? `i.id ${direction}` : `${key} ${direction}, i.id ${direction}`;
  const name = `identity.places.${by}.${direction}.${shapeOf(criteria)}${rangeShape(range)}`;
  const read = cachedStatement<Place>(
    name,
    (dialect) =>
      `SELECT ${columns} FROM ${sourceOf(range, dialect)} WHERE ${whereOf(criteria, order, range, dialect)}
      ORDER BY ${sorting} LIMIT :limit OFFSET :offset`,
  );
  return allNamed(read, { ...valuesOf(projectId, criteria), ...rangeValues(range), offset, limit });
}

/** Stops counting at `limit`. */
export async function countIn(projectId: string, criteria: Criteria, range: Range, limit: number): Promise<number> {
  const read = cachedStatement<{ total: number }>(
    `identity.count.${shapeOf(criteria)}${rangeShape(range)}`,
    (dialect) =>
      `SELECT count(*) AS total FROM
      (SELECT 1 FROM ${sourceOf(range, dialect)} WHERE ${whereOf(criteria, BY_CREATION, range, dialect)} LIMIT :limit)
      AS found`,
  );
  const [row] = await allNamed(read, { ...valuesOf(projectId, criteria), ...rangeValues(range), limit });
  return row?.total ?? 0;
}

export const BY_CREATION: SearchOrder = { by: 'created', isDescending: false };

const COUNT = statement<{ total: number }>(
  'identity.count_kept',
  `SELECT coalesce(sum("count"), 0) AS total FROM "IdentityCount" WHERE "projectId" = $1`,
);

// SQLite has only part 0. Parts that another process is folding are skipped.
const FOLD = statement('identity.fold_counts', {
  sqlite: 'DELETE FROM "IdentityCount" WHERE part <> 0 AND count = 0',
  postgresql: `WITH gone AS (
      DELETE FROM "IdentityCount" c WHERE (c."projectId", c.part) IN (
        SELECT p."projectId", p.part FROM "IdentityCount" p WHERE p.part <> 0 LIMIT 10000 FOR UPDATE SKIP LOCKED
      ) RETURNING c."projectId", c.count
    )
    INSERT INTO "IdentityCount" AS kept ("projectId", part, count)
    SELECT g."projectId", 0, sum(g.count) FROM gone g JOIN "Project" p ON p.id = g."projectId" GROUP BY g."projectId"
    ON CONFLICT ("projectId", part) DO UPDATE SET count = kept.count + EXCLUDED.count`,
});

/** Folds the parts of each count, one per transaction on PostgreSQL, into part 0. */
export async function foldCounts(): Promise<void> {
  await transaction((tx) => run(FOLD, [], tx));
}

export type VersionCount = { schemaId: string; version: number; count: number };

/** How many identities of a range use each version of these schemas; unused versions are absent. */
export async function countVersionsIn(projectId: string, schemaIds: string[], range: Range): Promise<VersionCount[]> {
  const read = cachedStatement<VersionCount>(`identity.count_versions${rangeShape(range)}`, (dialect) => {
    const among =
      dialect === 'sqlite' ? 'SELECT value FROM json_each(:schemas)' : 'SELECT json_array_elements_text(:schemas)';
    return `SELECT i."schemaId", i."schemaVersion" AS version, count(*) AS count FROM "Identity" i
      WHERE ${whereOf({}, BY_CREATION, range, dialect)} AND i."schemaId" IN (${among}) GROUP BY 1, 2`;
  });
  return allNamed(read, { projectId, ...rangeValues(range), schemas: JSON.stringify(schemaIds) });
}

/** The number of identities in a project, maintained by triggers. */
export async function countAll(projectId: string): Promise<number> {
  return (await first(COUNT, [projectId]))?.total ?? 0;
}

const BY_IDENTIFIER = statement<{ id: string }>(
  'identity.id_by_identifier',
  `SELECT "identityId" AS id FROM "Identifier" WHERE "projectId" = $1 AND value = $2`,
);

export async function idsByIdentifier(projectId: string, identifier: string): Promise<string[]> {
  return (await all(BY_IDENTIFIER, [projectId, identifier])).map(({ id }) => id);
}

// Unsorted: sorted by identity, all matches would be read first.
const ofPrefix = (dialect: Dialect) =>
  `SELECT DISTINCT k."identityId" AS id FROM "Identifier" k
  WHERE k."projectId" = :projectId AND ${startsWith('k.value', dialect)} LIMIT :limit`;
const BY_PREFIX = namedStatement<{ id: string }>('identity.ids_by_prefix', {
  sqlite: ofPrefix('sqlite'),
  postgresql: ofPrefix('postgresql'),
});

/** At most `limit` identities that have an identifier with this prefix, in any order. */
export async function idsByPrefix(projectId: string, identifierPrefix: string, limit: number): Promise<string[]> {
  const rows = await allNamed(BY_PREFIX, { ...valuesOf(projectId, { identifierPrefix }), limit });
  return rows.map(({ id }) => id);
}

const OF_DUE = statement<{ id: string }>(
  'identity.ids_of_due',
  // Sorted, with a lower bound: without statistics PostgreSQL expects many, and would scan the table.
  `SELECT id FROM "Identity" WHERE "projectId" = $1 AND "deletionDueAt" IS NOT NULL AND "deletionDueAt" > $3
   ORDER BY "deletionDueAt", id LIMIT $2`,
);

/** At most `limit` identities whose owner has deleted the account, those due first. */
export async function idsOfDue(projectId: string, limit: number): Promise<string[]> {
  return (await all(OF_DUE, [projectId, limit, new Date(0)])).map(({ id }) => id);
}

// The inner limit bounds what is sorted.
const placesOfPrefix = (dialect: Dialect) =>
  `SELECT DISTINCT m.id FROM (
    SELECT k."identityId" AS id FROM "Identifier" k
    WHERE k."projectId" = :projectId AND ${startsWith('k.value', dialect)} LIMIT :max
  ) m WHERE m.id > :after ORDER BY m.id LIMIT :limit OFFSET :offset`;
const PLACES_BY_PREFIX = namedStatement<Place>('identity.places_by_prefix', {
  sqlite: placesOfPrefix('sqlite'),
  postgresql: placesOfPrefix('postgresql'),
});
const countOfPrefix = (dialect: Dialect) =>
  `SELECT count(*) AS total FROM (
    SELECT 1 FROM "Identifier" k WHERE k."projectId" = :projectId AND ${startsWith('k.value', dialect)} LIMIT :limit
  ) m`;
const COUNT_BY_PREFIX = namedStatement<{ total: number }>('identity.count_by_prefix', {
  sqlite: countOfPrefix('sqlite'),
  postgresql: countOfPrefix('postgresql'),
});
/** One statement sorts this many within its time limit. */
const MAX_SORTED = 100_000;

/** Identities that have an identifier with this prefix, in order of creation; null if too many have one. */
export async function placesByPrefix(
  projectId: string,
  identifierPrefix: string,
  { after, offset, limit }: { after: Place | null; offset: number; limit: number },
): Promise<Place[] | null> {
  const values = valuesOf(projectId, { identifierPrefix });
  const [row] = await allNamed(COUNT_BY_PREFIX, { ...values, limit: MAX_SORTED + 1 });
  if (!row || row.total > MAX_SORTED) return null;
  return allNamed(PLACES_BY_PREFIX, { ...values, after: after?.id ?? '', max: MAX_SORTED, offset, limit });
}

/** Candidates compared by one statement. */
const STEP = 2000;

/**
 * At most `limit` matches, in any order, by the trigram index; null if the words are too short for it, or there are more
 * than `maxCandidates` candidates.
 */
export async function idsByWords(
  projectId: string,
  criteria: Criteria,
  limit: number,
  maxCandidates: number,
): Promise<string[] | null> {
  const match = trigramQuery(projectId, criteria.words ?? []);
  if (match === null) return null;
  const read = cachedStatement<{ place: number; id: string | null }>(
    `identity.ids_by_words.${shapeOf(criteria)}`,
    (dialect) => (dialect === 'sqlite' ? candidatesIn(criteria) : matchesIn(criteria)),
  );
  const found = new Set<string>();
  for (let after = 0, candidates = 0; found.size < limit; ) {
    const values = { ...valuesOf(projectId, criteria), match, after, step: STEP, limit };
    const rows = await allNamed(read, values);
    for (const { id } of rows) if (id !== null && found.size < limit) found.add(id);
    const last = rows.at(-1)?.place ?? 0;
    const count = rows.filter(({ place }) => place > 0).length;
    if (count < STEP) break;
    candidates += count;
    if (candidates >= maxCandidates && found.size < limit) return null;
    after = last;
  }
  return [...found];
}

/** Candidates in steps, queued rows with the first; `id` is null unless the candidate matches. */
function candidatesIn(criteria: Criteria): string {
  return `SELECT c.place, CASE WHEN ${conditions(criteria, 'sqlite')} THEN i.id END AS id FROM (
      SELECT "rowOfIdentity" AS "row", 0 AS place FROM "IdentitySearchQueue" WHERE :after = 0
      UNION ALL
      SELECT * FROM (
        SELECT rowid AS "row", rowid AS place FROM "IdentitySearch"
        WHERE "IdentitySearch" MATCH :match AND rowid > :after ORDER BY rowid LIMIT :step
      )
    ) c LEFT JOIN "Identity" i ON i.rowid = c."row"`;
}

/** PostgreSQL finds and compares them itself. */
function matchesIn(criteria: Criteria): string {
  return `SELECT 0 AS place, i.id FROM "Identity" i WHERE ${conditions(criteria, 'postgresql')}
    AND :match::text IS NOT NULL AND :after::bigint = 0 AND :step::int > 0 LIMIT :limit`;
}

function whereOf(criteria: Criteria, { by, isDescending }: SearchOrder, range: Range, dialect: Dialect): string {
  const [beyond, within] = isDescending ? ['<', '>='] : ['>', '<='];
  const key = by === 'created' ? 'i.id' : `(${SORT_KEYS[by]}, i.id)`;
  const at = (place: string) => (by === 'created' ? `:${place}Id` : `(:${place}${KEY_VALUES[by]}, :${place}Id)`);
  return [
    ...conditionsOf(criteria, dialect),
    range.after && `${key} ${beyond} ${at('after')}`,
    range.upTo && `${key} ${within} ${at('upTo')}`,
    range.ids && dialect === 'postgresql' && 'i.id IN (SELECT json_array_elements_text(:ids))',
  ]
    .filter(Boolean)
    .join(' AND ');
}

/** CROSS JOIN makes SQLite begin with the IDs; it would otherwise compare each row in list order with them. */
function sourceOf({ ids }: Range, dialect: Dialect): string {
  return ids && dialect === 'sqlite'
    ? 'json_each(:ids) given CROSS JOIN "Identity" i ON i.id = given.value'
    : '"Identity" i';
}

function conditions(criteria: Criteria, dialect: Dialect): string {
  return conditionsOf(criteria, dialect).filter(Boolean).join(' AND ');
}

function rangeShape({ after, upTo, ids }: Range): string {
  return [after && '.after', upTo && '.to', ids && '.ids'].filter(Boolean).join('');
}

function rangeValues({ after, upTo, ids }: Range): NamedValues {
  return {
    afterId: after?.id,
    afterName: after?.sortName ?? '',
    afterSignedIn: after?.signedInAt ?? 0,
    upToId: upTo?.id,
    upToName: upTo?.sortName ?? '',
    upToSignedIn: upTo?.signedInAt ?? 0,
    ids: ids && JSON.stringify(ids),
  };
}

const made = new Map<string, NamedStatement<unknown>>();

/** Declares the statement at its first use. */
function cachedStatement<Row>(name: string, textOf: (dialect: Dialect) => string): NamedStatement<Row> {
  const known = made.get(name) ?? namedStatement(name, { sqlite: textOf('sqlite'), postgresql: textOf('postgresql') });
  made.set(name, known);
  return known as NamedStatement<Row>;
}
