import type { SchemaChange } from '@/lib/schema-change/model';
import { finishSchemaChange, getSchemaChange } from '@/lib/schema-change/service';
import { all, statement } from '../lib/platform/db/statement';
import type { Json, JsonObject } from '../lib/platform/json';

/** A document with an email as the identifier, and further traits. */
export function documentOf(properties: JsonObject = {}, required: string[] = []): JsonObject {
  return {
    type: 'object',
    properties: {
      traits: {
        type: 'object',
        properties: {
          email: { type: 'string', format: 'email', 'x-signet': { identifier: true } },
          ...properties,
        },
        required: ['email', ...required],
        additionalProperties: false,
      },
    },
  };
}

const never = new AbortController().signal;

/** Runs a job to its end in this process, as the worker would. */
export async function finish(
  { projectId, id }: { projectId: string; id: string },
  signal = never,
): Promise<SchemaChange> {
  await finishSchemaChange(id, signal);
  return getSchemaChange(projectId, id);
}

const ROWS = statement<{ id: string; traits: string; schemaId: string; schemaVersion: number; searchText: string }>(
  'test.identities',
  `SELECT i.id, i.traits, i."schemaId", i."schemaVersion", i."searchText" FROM "Identity" i
   WHERE i."projectId" = $1 ORDER BY i.id`,
);

/** Every byte of the traits of a project, with schema and search text. */
export async function storedTraits(projectId: string): Promise<Json> {
  return (await all(ROWS, [projectId])).map((row) => ({ ...row }));
}
