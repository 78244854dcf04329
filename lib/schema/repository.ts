import type { Prisma } from '@/generated/sqlite/client';
import { type Db, db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import type { IdentitySchema, SchemaName, SchemaVersion } from './model';

type Reader = Db | Tx;

export async function findSchema(
  projectId: string,
  schemaId: string,
  version?: number,
  reader?: Reader,
): Promise<IdentitySchema | null> {
  const row = await (reader ?? (await db())).identitySchema.findFirst({
    where: { projectId, schemaId, ...(version !== undefined && { version }) },
    orderBy: { version: 'desc' },
  });
  return row && toSchema(row);
}

/** The name and newest version of each schema, by time of creation. */
export async function listSchemaNames(projectId: string, reader?: Reader): Promise<SchemaName[]> {
  const groups = await (reader ?? (await db())).identitySchema.groupBy({
    by: ['schemaId'],
    where: { projectId },
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

/** Every version of a schema, or of all schemas; newest first within each. */
export async function listSchemaVersions(projectId: string, schemaId?: string): Promise<SchemaVersion[]> {
  return (await db()).identitySchema.findMany({
    where: { projectId, ...(schemaId !== undefined && { schemaId }) },
    select: { schemaId: true, version: true, createdAt: true },
    orderBy: { version: 'desc' },
  });
}

export async function insertSchema(tx: Tx, schema: IdentitySchema): Promise<void> {
  await tx.identitySchema.create({ data: { ...schema, document: JSON.stringify(schema.document) } });
}

function toSchema(row: Prisma.IdentitySchemaGetPayload<object>): IdentitySchema {
  return { ...row, document: JSON.parse(row.document) };
}
