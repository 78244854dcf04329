import type { Prisma } from '@/generated/sqlite/client';
import { type Db, db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import type { IdentitySchema } from './model';

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

/** The newest version of each schema, in the order they were made. */
export async function listSchemas(projectId: string): Promise<IdentitySchema[]> {
  const rows = await (await db()).identitySchema.findMany({ where: { projectId }, orderBy: { id: 'asc' } });
  const newest = new Map<string, IdentitySchema>();
  for (const row of rows) {
    const known = newest.get(row.schemaId);
    if (!known || known.version < row.version) newest.set(row.schemaId, toSchema(row));
  }
  return [...newest.values()];
}

export async function insertSchema(tx: Tx, schema: IdentitySchema): Promise<void> {
  await tx.identitySchema.create({ data: { ...schema, document: JSON.stringify(schema.document) } });
}

function toSchema(row: Prisma.IdentitySchemaGetPayload<object>): IdentitySchema {
  return { ...row, document: JSON.parse(row.document) };
}
