import type { Prisma } from '@/generated/sqlite/client';
import { BoundedCache } from '@/lib/platform/bounded-cache';
import { type Db, db } from '@/lib/platform/db/client';
import { columnsOf } from '@/lib/platform/db/columns';
import { isPreview } from '@/lib/platform/db/preview';
import { first, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import { processWide } from '@/lib/platform/process-wide';
import type { IdentitySchema, SchemaName, SchemaVersion } from './model';

type Reader = Db | Tx;

type Row = Prisma.IdentitySchemaGetPayload<object>;
const NEWEST = statement<{ id: string }>(
  'schema.newest',
  `SELECT s.id FROM "IdentitySchema" s WHERE s."projectId" = $1 AND s."schemaId" = $2 AND s."withdrawnAt" IS NULL
   ORDER BY s.version DESC LIMIT 1`,
);
const OF_VERSION = statement<{ id: string }>(
  'schema.of_version',
  `SELECT s.id FROM "IdentitySchema" s WHERE s."projectId" = $1 AND s."schemaId" = $2 AND s.version = $3`,
);
const BY_ID = statement<Omit<Row, 'withdrawnAt'>>(
  'schema.by_id',
  `SELECT ${columnsOf('s', 'id projectId schemaId version document createdAt')} FROM "IdentitySchema" s WHERE s.id = $1`,
);

/** By row ID: versions are immutable. Which row is current, and whether it exists, is read every time. */
const versions = processWide('schema.versions', () => new BoundedCache<IdentitySchema>(100));

/** Without `version` the newest that is not withdrawn; with it, also a withdrawn one. */
export async function findSchema(
  projectId: string,
  schemaId: string,
  version?: number,
  reader?: Reader,
): Promise<IdentitySchema | null> {
  const found =
    version === undefined
      ? await first(NEWEST, [projectId, schemaId], reader)
      : await first(OF_VERSION, [projectId, schemaId, version], reader);
  if (!found) return null;
  const known = versions.get(found.id);
  if (known) return known;
  const row = await first(BY_ID, [found.id], reader);
  const schema = row && frozen(toSchema(row));
  if (schema && !isPreview()) versions.set(schema.id, schema);
  return schema;
}

/** The name and newest version of each schema, by time of creation; without those whose versions are all withdrawn. */
export async function listSchemaNames(projectId: string, reader?: Reader): Promise<SchemaName[]> {
  const groups = await (reader ?? (await db())).identitySchema.groupBy({
    by: ['schemaId'],
    where: { projectId, withdrawnAt: null },
    _max: { version: true },
    _min: { id: true },
  });
  const first = ({ _min }: (typeof groups)[number]) => _min.id ?? '';
  const ordered = groups.toSorted((one, other) => (first(one) < first(other) ? -1 : 1));
  return ordered.map(({ schemaId, _max }) => ({ id: schemaId, version: _max.version ?? 1 }));
}

/** The newest version of each schema, or of the named ones, by time of creation. */
export async function listSchemas(projectId: string, named?: SchemaName[]): Promise<IdentitySchema[]> {
  const names = named ?? (await listSchemaNames(projectId));
  if (names.length === 0) return [];
  const rows = await (await db()).identitySchema.findMany({
    where: { projectId, OR: names.map(({ id, version }) => ({ schemaId: id, version })) },
  });
  return names.flatMap(({ id }) => rows.filter(({ schemaId }) => schemaId === id).map(toSchema));
}

/** Every version of a schema, or of all schemas, also withdrawn ones; newest first within each. */
export async function listSchemaVersions(projectId: string, schemaId?: string): Promise<SchemaVersion[]> {
  return (await db()).identitySchema.findMany({
    where: { projectId, ...(schemaId !== undefined && { schemaId }) },
    select: { schemaId: true, version: true, createdAt: true, withdrawnAt: true },
    orderBy: { version: 'desc' },
  });
}

export async function insertSchema(tx: Tx, schema: IdentitySchema): Promise<void> {
  await tx.identitySchema.create({ data: { ...schema, document: JSON.stringify(schema.document) } });
}

/** The highest version a schema ever had, also a withdrawn one; 0: none. Versions are never used twice. */
export async function findHighestVersion(tx: Tx, projectId: string, schemaId: string): Promise<number> {
  const found = await tx.identitySchema.aggregate({ where: { projectId, schemaId }, _max: { version: true } });
  return found._max.version ?? 0;
}

/** Withdraws one version or all, or takes a withdrawal back. Resolves to the number of versions changed. */
export async function updateWithdrawnAt(
  tx: Tx,
  { projectId, schemaId, version }: { projectId: string; schemaId: string; version?: number },
  withdrawnAt: Date | null,
): Promise<number> {
  const where = { projectId, schemaId, ...(version !== undefined && { version }) };
  const isOther = withdrawnAt === null ? { withdrawnAt: { not: null } } : { withdrawnAt: null };
  return (await tx.identitySchema.updateMany({ where: { ...where, ...isOther }, data: { withdrawnAt } })).count;
}

function toSchema({
  withdrawnAt: _,
  ...row
}: Omit<Row, 'withdrawnAt'> & { withdrawnAt?: Date | null }): IdentitySchema {
  return { ...row, document: JSON.parse(row.document) };
}

/** Frozen, because all readers share it. */
function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}
